import { api, useWrite } from '../../web/client/index.ts';
import { COMPANY_KINDS, type CompanyKind } from '../vocabulary.ts';
import { layingOf } from './laying.ts';

/** The touchpoints that stand now, by name; `kept`: they are the workspace's own, and stay. */
interface Laid {
  readonly kept: boolean;
  readonly touchpoints: readonly string[];
}

/** Puts the set of a kind in place of a catalogue that nobody changed. */
async function layKind(kind: CompanyKind): Promise<Laid> {
  const [present, ...sets] = await Promise.all([
    api.catalogue.get(undefined),
    ...COMPANY_KINDS.map((set) => api.catalogue.set({ set })),
  ]);
  const wanted = sets[COMPANY_KINDS.indexOf(kind)];
  if (wanted === undefined) throw new Error(`There is no set for ${kind}.`);
  const what = layingOf(present, wanted, sets);
  if (what === 'lay') await api.catalogue.save({ ...wanted, version: present.version });
  const stand = what === 'keep' ? present : wanted;
  return { kept: what === 'keep', touchpoints: stand.touchpoints.map((touchpoint) => touchpoint.name) };
}

export function useLaying() {
  const lay = useWrite(layKind, { refresh: ['catalogue', 'metrics', 'people', 'orders', 'events'] });
  return { lay, laying: lay.data };
}
