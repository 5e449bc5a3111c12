import type { Translate } from '../../../platform/web/ui/index.ts';
import type { FieldInfo } from '../contract.ts';
import type { MetricKey } from '../vocabulary.ts';
import { propertyWords } from './property-words.ts';

/** Properties with a name of ours: the usual ones of a shop. Others are called by their own. */
const NAMED = [
  'touchpoint',
  'stage',
  'channel',
  'late',
  'category',
  'status',
  'state',
  'region',
  'country',
  'city',
  'carrier',
  'payment_type',
  'instrument',
  'survey',
  'question',
  'source',
  'language',
  'location',
  'store',
  'delivery_method',
  'brand',
  'product',
  'plan',
  'segment',
  'campaign',
  'coupon',
  'discount',
  'currency',
  'gender',
  'age_group',
  'device',
  'platform',
  'app_version',
  'staff',
  'return_reason',
  'thank_you_card',
  'club',
  'buys',
  'found_us',
  'customer_since',
  'email',
  'phone',
  'name',
] as const;

/** Other ways to write some of them. */
const ALSO: Readonly<Record<string, (typeof NAMED)[number]>> = {
  categories: 'category',
  location_id: 'location',
  store_id: 'store',
  staff_id: 'staff',
  survey_id: 'survey',
  question_id: 'question',
  payment_method: 'payment_type',
  shipping_method: 'delivery_method',
  product_id: 'product',
  coupon_code: 'coupon',
};

const OWNERS = ['feedback', 'order', 'person', 'event'] as const;

export interface Names {
  metric(key: MetricKey): string;
  /** `order.payment_type` → `way of paying`. */
  property(field: string): string;
  /** The same at the head of a column. */
  title(field: string): string;
  /** What two properties share, with whose it is: `Channel (order)`. */
  whose(field: string, name: string): string;
  /** A level of a property as a reader says it: "Parcel came late", "state SP". */
  level(field: string, label: string): string;
}

export function namesOf(t: Translate): Names {
  const property = (field: string): string => {
    const name = field.split('.').at(-1) ?? field;
    const known = NAMED.find((n) => n === name) ?? (Object.hasOwn(ALSO, name) ? ALSO[name] : undefined);
    return known === undefined ? propertyWords(name) : t(`metrics.property.${known}`);
  };
  return {
    metric: (key) => t(`metrics.${key}.name`),
    property,
    title: (field) => capital(property(field)),
    whose: (field, name) => {
      const owner = OWNERS.find((o) => field.startsWith(`${o}.`));
      return owner === undefined ? name : `${name} (${t(`metrics.whose.${owner}`)})`;
    },
    level: (field, label) => {
      if (/(^|\.)late$/.test(field)) return t(label === 'true' ? 'metrics.level.late' : 'metrics.level.onTime');
      if (label === '') return t('metrics.level.unknown', { property: property(field) });
      return t('metrics.level.is', { property: property(field), level: levelText(field, label, t) });
    },
  };
}

/** Properties that part the rows into groups, to choose from; two of one name are told apart by whose they are. */
export function propertyOptions(
  fields: readonly Pick<FieldInfo, 'field' | 'groups'>[],
  chosen: string | undefined,
  names: Pick<Names, 'title' | 'whose'>,
): { readonly value: string; readonly label: string }[] {
  const offered = fields.filter((f) => f.groups).map((f) => f.field);
  const all = chosen === undefined || offered.includes(chosen) ? offered : [chosen, ...offered];
  return all.map((field) => {
    const title = names.title(field);
    const isAlone = all.filter((other) => names.title(other) === title).length === 1;
    return { value: field, label: isAlone ? title : names.whose(field, title) };
  });
}

/** Levels of a list by name; two of one name (the channel of the answer and that of its order) with whose they are. */
export function levelsApart(
  names: Pick<Names, 'level' | 'whose'>,
  listed: readonly { readonly field: string; readonly label: string }[],
): (field: string, label: string) => string {
  const all = listed.map(({ field, label }) => ({ field, name: names.level(field, label) }));
  return (field, label) => {
    const name = names.level(field, label);
    return all.some((other) => other.name === name && other.field !== field) ? names.whose(field, name) : name;
  };
}

/** With a large first letter: what stands at the head of something. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}

/**
 * `office_furniture` → `office furniture`, true and false as yes and no, languages by their names; anything that is no plain
 * word stays as it came.
 */
export function levelText(field: string, label: string, t: Translate): string {
  if (/(^|\.)language$/.test(field)) return languageText(label, t);
  if (label === 'true' || label === 'false') return t(label === 'true' ? 'metrics.level.yes' : 'metrics.level.no');
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(label) ? label.replaceAll('_', ' ') : label;
}

/** `sl` → `Slovenian`; what is no tag of a language stays as it came. */
function languageText(tag: string, t: Translate): string {
  try {
    return new Intl.DisplayNames(t('metrics.locale'), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
