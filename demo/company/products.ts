import { integer, logNormal, pick, type Random, seeded } from '@touchstone/domain/random';

export interface Product {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
}

const KINDS = {
  lamps: ['reading lamp', 'floor lamp', 'wall lamp', 'night light'],
  candles: ['pillar candles', 'beeswax candles', 'tea lights'],
  textiles: ['wool throw', 'linen shade', 'cushion cover'],
  ceramics: ['vase', 'candle holder', 'bowl'],
  garden: ['garden lights', 'storm lantern', 'bird house'],
} as const;
const MAKES = ['Amber', 'Basalt', 'Clover', 'Dune', 'Ember', 'Fjord', 'Glade', 'Heath', 'Inlet', 'Juniper', 'Kelp'];
const PRICES: Readonly<Record<string, number>> = { lamps: 64, candles: 14, textiles: 38, ceramics: 29, garden: 45 };

/** How likely something is of a kind, in place of lists with weights: it is drawn a million times. */
const SHELF: readonly (keyof typeof KINDS)[] = [
  ...(['lamps', 'lamps', 'lamps', 'candles', 'candles', 'candles'] as const),
  ...(['textiles', 'textiles', 'ceramics', 'garden'] as const),
];

function assortment(): ReadonlyMap<string, readonly Product[]> {
  const random = seeded('assortment');
  const shelves = new Map<string, Product[]>();
  let n = 0;
  for (const [category, kinds] of Object.entries(KINDS)) {
    const shelf: Product[] = [];
    for (const kind of kinds) {
      for (const make of MAKES) {
        if (integer(random, 0, 2) === 0) continue;
        const price = Math.max(5, Math.round(logNormal(random, PRICES[category] ?? 30, 0.4))) - 0.1;
        shelf.push({ product_id: `LL-${String(++n).padStart(4, '0')}`, name: `${make} ${kind}`, category, price });
      }
    }
    shelves.set(category, shelf);
  }
  return shelves;
}

const ASSORTMENT = assortment();

export function drawProduct(random: Random): Product {
  return pick(random, ASSORTMENT.get(pick(random, SHELF)) ?? []);
}

/** Cents stay cents however many things are summed. */
export const money = (sum: number): number => Math.round(sum * 100) / 100;
