import type { MessageKey } from '../../../platform/web/ui/index.ts';

/** What a field is called on the page, by its key. */
export const FIELD_LABELS = {
  order_id: 'imports.field.order_id',
  user_id: 'imports.field.user_id',
  same_as: 'imports.field.same_as',
  email: 'imports.field.email',
  phone: 'imports.field.phone',
  anonymous_id: 'imports.field.anonymous_id',
  name: 'imports.field.name',
  at: 'imports.field.at',
  placed: 'imports.field.placed',
  promised: 'imports.field.promised',
  approved: 'imports.field.approved',
  shipped: 'imports.field.shipped',
  delivered: 'imports.field.delivered',
  cancelled: 'imports.field.cancelled',
  returned: 'imports.field.returned',
  status: 'imports.field.status',
  value: 'imports.field.value',
  payment: 'imports.field.payment',
  currency: 'imports.field.currency',
  channel: 'imports.field.channel',
  location_id: 'imports.field.location_id',
  line: 'imports.field.line',
  product_id: 'imports.field.product_id',
  category: 'imports.field.category',
  quantity: 'imports.field.quantity',
  price: 'imports.field.price',
  freight: 'imports.field.freight',
  event_id: 'imports.field.event_id',
  session_id: 'imports.field.session_id',
  case_id: 'imports.field.case_id',
  account_id: 'imports.field.account_id',
  staff_id: 'imports.field.staff_id',
  url: 'imports.field.url',
  response_id: 'imports.field.response_id',
  score: 'imports.field.score',
  title: 'imports.field.title',
  text: 'imports.field.text',
  asked_at: 'imports.field.asked_at',
  item_id: 'imports.field.item_id',
  survey_id: 'imports.field.survey_id',
  question_id: 'imports.field.question_id',
  language: 'imports.field.language',
  source: 'imports.field.source',
  return_id: 'imports.field.return_id',
  reason: 'imports.field.reason',
} as const satisfies Readonly<Record<string, MessageKey>>;

const byKey: Readonly<Record<string, MessageKey>> = FIELD_LABELS;

export function fieldLabel(key: string): MessageKey | undefined {
  return byKey[key];
}
