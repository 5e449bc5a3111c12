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
  const name = STORE[languageOf(locale) ?? 'en'];
  const store = { id: 'tp_store', name, stageId: 'stg_purchase', channelId: 'chn_store', teamId: 'team_sales' };
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
  return { ...body, touchpoints: [...body.touchpoints, store], rules: [...own, ...body.rules] };
}
