import { languageOf } from '@touchstone/domain/languages';
import type { CatalogueBody } from '../../src/core/catalogue/contract.ts';

const STORE = {
  en: 'Store visit',
  ru: 'Посещение магазина',
  pl: 'Wizyta w sklepie',
  sl: 'Obisk trgovine',
  fa: 'مراجعه به فروشگاه',
};

const is = (field: string, value: string) => ({ field, op: 'eq', value });

/** The shop's catalogue with a place for stores, and with what each survey of the company is about. Done twice, it is the same. */
export function withStores(body: CatalogueBody, locale: string): CatalogueBody {
  const afterVisit = is('survey_id', 'after_visit');
  // Ids are given anew when it is saved: it is known by what it asks.
  if (body.rules.some(({ when }) => when['field'] === afterVisit.field && when['value'] === afterVisit.value))
    return body;
  const stage = placeOf(body.stages, 'stg_purchase');
  if (stage === undefined) return body;
  const name = STORE[languageOf(locale) ?? 'en'];
  const channelId = placeOf(body.channels, 'chn_store')?.id ?? null;
  const teamId = placeOf(body.teams, 'team_sales')?.id ?? null;
  // There may be one of this name already, and no two may share it.
  const store = body.touchpoints.find((t) => t.name.toLocaleLowerCase() === name.toLocaleLowerCase()) ??
    { id: 'tp_store', name, stageId: stage.id, channelId, teamId }; // prettier-ignore
  const returns = { field: 'name', op: 'glob', value: 'Return *' };
  const own: CatalogueBody['rules'] = [
    {
      id: 'rul_demo_1',
      on: 'event',
      when: { all: [is('channel', 'store'), { not: returns }] },
      touchpointId: store.id,
    },
    { id: 'rul_demo_2', on: 'order', when: is('channel', 'store'), touchpointId: store.id },
    { id: 'rul_demo_3', on: 'feedback', when: afterVisit, touchpointId: store.id },
    { id: 'rul_demo_4', on: 'feedback', when: is('survey_id', 'after_return'), touchpointId: 'tp_returning' },
    { id: 'rul_demo_5', on: 'feedback', when: is('survey_id', 'after_checkout'), touchpointId: 'tp_checkout' },
  ];
  const touchpoints = body.touchpoints.includes(store) ? body.touchpoints : [...body.touchpoints, store];
  const there = new Set(touchpoints.map(({ id }) => id));
  return { ...body, touchpoints, rules: [...own.filter((rule) => there.has(rule.touchpointId)), ...body.rules] };
}

/** A place of the shop's set, else the first there is: the workspace may have another set, or one changed by hand. */
function placeOf<T extends { readonly id: string }>(places: readonly T[], id: string): T | undefined {
  return places.find((place) => place.id === id) ?? places[0];
}
