import type { House } from '../../platform/house/house.ts';
import type { Records } from '../../platform/stores/ports.ts';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import { bookOf, type RuleBook } from './book.ts';
import { type StoredCatalogue, insertCatalogue, selectCatalogue, selectCatalogueVersion } from './records.ts';
import { bodyOfSet } from './sets.ts';

/** All that this needs of the house, so that a worker thread can call it with its own stores. */
export type CatalogueHouse = Pick<House, 'records' | 'clock'>;

/** The catalogue of a workspace; one that has none is given the shop's, in the language of the company. */
export async function loadCatalogue(house: CatalogueHouse, workspaceId: string): Promise<StoredCatalogue> {
  const found = await selectCatalogue(house.records.db, workspaceId);
  if (found !== undefined) return found;
  const workspace = await readWorkspace(house, workspaceId);
  const body = bodyOfSet('shop', workspace?.locale ?? 'en');
  await insertCatalogue(house.records.db, workspaceId, body, house.clock.now());
  const laid = await selectCatalogue(house.records.db, workspaceId);
  if (laid === undefined) throw new Error(`The catalogue of ${workspaceId} could not be laid.`);
  return laid;
}

/** By workspace: made of which version of the catalogue, which rises with every save. */
const books = new WeakMap<Records, Map<string, { readonly of: number; readonly book: RuleBook }>>();

/** Ask once per batch: cheap when nothing changed since. A workspace without a catalogue is given the shop's. */
export async function loadRules(house: CatalogueHouse, workspaceId: string): Promise<RuleBook> {
  const kept = books.get(house.records) ?? new Map<string, { readonly of: number; readonly book: RuleBook }>();
  books.set(house.records, kept);
  const known = kept.get(workspaceId);
  if (known?.of === (await selectCatalogueVersion(house.records.db, workspaceId)) && known !== undefined)
    return known.book;
  const { version, rulesVersion, body } = await loadCatalogue(house, workspaceId);
  const book = bookOf(workspaceId, rulesVersion, body);
  kept.set(workspaceId, { of: version, book });
  return book;
}

/** Names for figures and pages, in the catalogue's order. */
export interface CatalogueNames {
  readonly stages: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly touchpoints: readonly {
    readonly id: string;
    readonly name: string;
    readonly stageId: string;
    readonly channelId: string | null;
  }[];
}

/** What a touchpoint or stage is called; an id that is none of the catalogue's is its own name. */
export async function placeNames(house: CatalogueHouse, workspaceId: string): Promise<(id: string) => string> {
  const { touchpoints, stages } = await catalogueNames(house, workspaceId);
  const names = new Map([...touchpoints, ...stages].map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

export async function catalogueNames(house: CatalogueHouse, workspaceId: string): Promise<CatalogueNames> {
  const { body } = await loadCatalogue(house, workspaceId);
  const { stages, channels, touchpoints } = body;
  return { stages, channels, touchpoints };
}
