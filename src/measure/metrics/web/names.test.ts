import { LANGUAGES } from '@touchstone/domain/languages';
import { expect, test } from 'vitest';
import { plain, wordsOf } from '../../../../test/support/words.ts';
import { levelWords } from './levels.ts';
import { namesOf, propertyOptions } from './names.ts';

/** Properties a shop sends, as it may write them. */
const USUAL = ['order.region', 'order.carrier', 'feedback.location_id', 'order.payment_method', 'person.age_group', 'event.app_version', 'order.thank_you_card', 'order.categories'] as const; // prettier-ignore

test.each(LANGUAGES)('[MW13] usual properties and yes and no have words in %s', (language) => {
  const { t } = wordsOf(language, 'measure/metrics');
  const names = namesOf(t);
  const said = USUAL.map(names.property);
  expect(said.filter((name) => name === '' || name.includes('_') || name.startsWith('metrics.'))).toEqual([]);
  if (language === 'fa') expect(said.filter((name) => /[a-z]/iu.test(name))).toEqual([]);
  expect(new Set(said).size).toBe(USUAL.length);
});

test('[MW13] yes and no are said in a sentence and alone; a property of nobody’s is called by its own name', () => {
  const { t } = wordsOf('sl', 'measure/metrics');
  const names = namesOf(t);
  expect(plain(names.level('order.thank_you_card', 'true'))).toBe('kartica z zahvalo: da');
  expect([levelWords('order.gift', 'false', t), levelWords('order.gift', 'maybe_later', t)]).toEqual(['ne', 'maybe later']); // prettier-ignore
  expect([levelWords('feedback.language', 'fa', t), levelWords('person.language', '_', t)]).toEqual(['perzijščina', '_']); // prettier-ignore
  expect(levelWords('order.late', 'false', t)).toBe(t('metrics.level.onTime'));
  expect([names.property('order.giftWrap'), names.property('order.constructor')]).toEqual(['gift wrap', 'constructor']);
});

test.each(LANGUAGES)('[MW13] properties of one name are told apart by whose they are in %s', (language) => {
  const names = namesOf(wordsOf(language, 'measure/metrics').t);
  const fields = ['channel', 'order.channel', 'feedback.language', 'person.language'].map((field) => ({ field, groups: true })); // prettier-ignore
  const labels = propertyOptions([...fields, { field: 'person.email', groups: false }], undefined, names).map(
    (o) => o.label,
  );
  expect(new Set(labels).size).toBe(fields.length);
  expect(labels.filter((label) => /[._]/u.test(label))).toEqual([]);
});
