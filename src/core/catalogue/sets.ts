import type { Predicate } from '@touchstone/domain/predicate';
import type { CatalogueBody } from './contract.ts';
import type { CatalogueSet, FactKind } from './vocabulary.ts';

/** A name in the languages of the product. */
type Words = readonly [en: string, fa: string];

const STAGES = {
  awareness: ['Awareness', 'آشنایی'],
  consideration: ['Consideration', 'بررسی'],
  purchase: ['Purchase', 'خرید'],
  delivery: ['Delivery', 'تحویل'],
  use: ['Use', 'استفاده'],
  support: ['Support', 'پشتیبانی'],
  loyalty: ['Loyalty', 'وفاداری'],
} as const satisfies Readonly<Record<string, Words>>;

const CHANNELS = {
  web: ['Web', 'وب'],
  app: ['App', 'برنامه'],
  email: ['E-mail', 'رایانامه'],
  phone: ['Phone', 'تلفن'],
  store: ['Store', 'فروشگاه'],
  parcel: ['Parcel', 'مرسوله'],
} as const satisfies Readonly<Record<string, Words>>;

const TEAMS = {
  marketing: ['Marketing', 'بازاریابی'],
  sales: ['Sales', 'فروش'],
  logistics: ['Logistics', 'لجستیک'],
  product: ['Product', 'محصول'],
  support: ['Support', 'پشتیبانی'],
} as const satisfies Readonly<Record<string, Words>>;

interface Place {
  readonly name: Words;
  readonly stage: keyof typeof STAGES;
  readonly channel?: keyof typeof CHANNELS;
  readonly team: keyof typeof TEAMS;
}

type Step = readonly [on: FactKind, when: Predicate, touchpoint: string];

const named = (...names: readonly string[]): Predicate => {
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? { field: 'name', op: 'eq', value: only }
    : { field: 'name', op: 'in', value: names };
};
const glob = (value: string): Predicate => ({ field: 'name', op: 'glob', value });
const has = (field: string): Predicate => ({ field, op: 'exists' });
const is = (field: string, value: string): Predicate => ({ field, op: 'eq', value });

const CAMPAIGN: Place = { name: ['Campaign', 'کارزار'], stage: 'awareness', channel: 'email', team: 'marketing' };
const WEBSITE: Place = { name: ['Website', 'وب‌سایت'], stage: 'consideration', channel: 'web', team: 'marketing' };
const APP: Place = { name: ['App', 'برنامه'], stage: 'use', channel: 'app', team: 'product' };
const CHECKOUT: Place = { name: ['Checkout', 'تسویه‌حساب'], stage: 'purchase', channel: 'web', team: 'sales' };
const HELP: Place = { name: ['Help desk', 'میز کمک'], stage: 'support', channel: 'email', team: 'support' };
const COMPLAINT: Place = { name: ['Complaint', 'شکایت'], stage: 'support', team: 'support' };
const RECOMMENDATION: Place = { name: ['Recommendation', 'توصیه'], stage: 'loyalty', team: 'marketing' };

/** Asked after a set's own: what means the same to every company. */
const SHARED: readonly Step[] = [
  ['event', named('Email Opened', 'Email Link Clicked', 'Promotion Viewed', 'Promotion Clicked'), 'campaign'],
  ['event', { any: [glob('Ticket *'), glob('Case *')] }, 'help'],
  ['event', named('Complaint Submitted'), 'complaint'],
  ['event', named('Screen Viewed', 'Application Opened', 'Application Installed'), 'app'],
  ['event', named('Page Viewed'), 'website'],
  ['feedback', is('source', 'complaint'), 'complaint'],
  ['feedback', has('case_id'), 'help'],
  ['feedback', is('instrument', 'nps'), 'recommendation'],
];

interface SetOf {
  readonly places: Readonly<Record<string, Place>>;
  readonly steps: readonly Step[];
}

const SHOP: SetOf = {
  places: {
    campaign: CAMPAIGN,
    website: WEBSITE,
    search: { name: ['Search', 'جست‌وجو'], stage: 'consideration', channel: 'web', team: 'product' },
    product_page: { name: ['Product page', 'صفحهٔ کالا'], stage: 'consideration', channel: 'web', team: 'product' },
    cart: { name: ['Cart', 'سبد خرید'], stage: 'purchase', channel: 'web', team: 'sales' },
    checkout: CHECKOUT,
    shipping: { name: ['Shipping', 'ارسال'], stage: 'delivery', channel: 'parcel', team: 'logistics' },
    parcel: { name: ['Parcel received', 'دریافت مرسوله'], stage: 'delivery', channel: 'parcel', team: 'logistics' },
    product: { name: ['Product in use', 'استفاده از کالا'], stage: 'use', team: 'product' },
    app: APP,
    returning: { name: ['Return', 'مرجوعی'], stage: 'support', channel: 'parcel', team: 'support' },
    help: HELP,
    complaint: COMPLAINT,
    recommendation: RECOMMENDATION,
  },
  steps: [
    ['event', named('Products Searched', 'Product List Viewed', 'Product List Filtered'), 'search'],
    ['event', named('Product Viewed', 'Product Clicked', 'Product Added to Wishlist'), 'product_page'],
    ['event', named('Product Added', 'Product Removed', 'Cart Viewed'), 'cart'],
    [
      'event',
      { any: [glob('Checkout *'), glob('Payment *'), named('Order Placed', 'Order Completed', 'Order Updated')] },
      'checkout',
    ],
    ['event', named('Order Delivered', 'Shipment Delivered'), 'parcel'],
    ['event', { any: [glob('Shipment *'), named('Order Shipped')] }, 'shipping'],
    ['event', { any: [glob('Return *'), named('Order Returned', 'Order Refunded', 'Order Cancelled')] }, 'returning'],
    ['event', named('Product Reviewed'), 'product'],
    ['order', { all: [] }, 'checkout'],
    ['feedback', { all: [has('item_id'), { not: is('source', 'complaint') }] }, 'product'],
    ['feedback', { all: [is('source', 'review'), has('order_id')] }, 'parcel'],
    ['feedback', { all: [is('source', 'survey'), has('order_id'), { not: is('instrument', 'nps') }] }, 'parcel'],
    ['feedback', is('source', 'review'), 'product'],
  ],
};

const SERVICE: SetOf = {
  places: {
    campaign: CAMPAIGN,
    website: WEBSITE,
    enquiry: { name: ['Enquiry', 'پرس‌وجو'], stage: 'consideration', channel: 'phone', team: 'sales' },
    booking: { name: ['Booking', 'رزرو'], stage: 'purchase', channel: 'web', team: 'sales' },
    visit: { name: ['Visit', 'مراجعه'], stage: 'delivery', channel: 'store', team: 'product' },
    result: { name: ['Result of the service', 'نتیجهٔ خدمت'], stage: 'use', team: 'product' },
    app: APP,
    help: HELP,
    complaint: COMPLAINT,
    recommendation: RECOMMENDATION,
  },
  steps: [
    ['event', { any: [glob('Lead *'), glob('Quote *'), named('Enquiry Made', 'Call Received')] }, 'enquiry'],
    ['event', { any: [glob('Booking *'), glob('Appointment *'), named('Order Placed', 'Order Completed')] }, 'booking'],
    ['event', { any: [glob('Visit *'), named('Service Delivered', 'Order Delivered')] }, 'visit'],
    ['order', { all: [] }, 'booking'],
    ['feedback', { all: [has('location_id'), { not: is('source', 'complaint') }] }, 'visit'],
    ['feedback', { all: [has('order_id'), { not: is('source', 'complaint') }] }, 'visit'],
    ['feedback', is('source', 'review'), 'result'],
  ],
};

const SUBSCRIPTION: SetOf = {
  places: {
    campaign: CAMPAIGN,
    website: WEBSITE,
    trial: { name: ['Trial', 'دورهٔ آزمایشی'], stage: 'consideration', channel: 'app', team: 'product' },
    checkout: { ...CHECKOUT, name: ['Subscribing', 'خرید اشتراک'] },
    onboarding: { name: ['Onboarding', 'راه‌اندازی'], stage: 'delivery', channel: 'app', team: 'product' },
    app: APP,
    billing: { name: ['Billing', 'صورت‌حساب'], stage: 'use', channel: 'email', team: 'sales' },
    help: HELP,
    complaint: COMPLAINT,
    renewal: { name: ['Renewal', 'تمدید'], stage: 'loyalty', channel: 'email', team: 'sales' },
    leaving: { name: ['Leaving', 'ترک'], stage: 'loyalty', channel: 'app', team: 'sales' },
    recommendation: RECOMMENDATION,
  },
  steps: [
    ['event', { any: [glob('Trial *'), named('Signed Up', 'Account Created')] }, 'trial'],
    ['event', named('Subscription Started', 'Order Placed', 'Order Completed'), 'checkout'],
    ['event', { any: [glob('Onboarding *'), named('Invited User', 'Signed In')] }, 'onboarding'],
    ['event', { any: [glob('Invoice *'), glob('Payment *')] }, 'billing'],
    ['event', named('Subscription Renewed', 'Subscription Upgraded'), 'renewal'],
    ['event', named('Subscription Cancelled', 'Subscription Downgraded', 'Account Deleted'), 'leaving'],
    ['order', { all: [] }, 'checkout'],
    ['feedback', is('source', 'review'), 'app'],
    ['feedback', { all: [is('source', 'survey'), is('instrument', 'csat')] }, 'app'],
  ],
};

const SETS: Readonly<Record<CatalogueSet, SetOf>> = { shop: SHOP, service: SERVICE, subscription: SUBSCRIPTION };

/** A set to begin with, named in the language of the company: Persian, or else English. Ids are the same in both. */
export function bodyOfSet(set: CatalogueSet, locale: string): CatalogueBody {
  const say = ([en, fa]: Words): string => (/^fa\b/iu.test(locale) ? fa : en);
  const list = (prefix: string, words: Readonly<Record<string, Words>>) =>
    Object.entries(words).map(([key, name]) => ({ id: `${prefix}_${key}`, name: say(name) }));
  const { places, steps } = SETS[set];
  return {
    stages: list('stg', STAGES),
    channels: list('chn', CHANNELS),
    teams: list('team', TEAMS),
    touchpoints: Object.entries(places).map(([key, place]) => ({
      id: `tp_${key}`,
      name: say(place.name),
      stageId: `stg_${place.stage}`,
      channelId: place.channel === undefined ? null : `chn_${place.channel}`,
      teamId: `team_${place.team}`,
    })),
    rules: [...steps, ...SHARED].map(([on, when, place], i) => ({
      id: `rul_${set}_${i + 1}`,
      on,
      when: { ...when },
      touchpointId: `tp_${place}`,
    })),
  };
}
