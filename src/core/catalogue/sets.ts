import type { Predicate } from '@touchstone/domain/predicate';
import { languageOf } from '@touchstone/domain/languages';
import type { CatalogueBody } from './contract.ts';
import { CHANNELS, STAGES, TEAMS, TOUCHPOINTS, type Words } from './names.ts';
import type { CatalogueSet, FactKind } from './vocabulary.ts';

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

const CAMPAIGN: Place = { name: TOUCHPOINTS.campaign, stage: 'awareness', channel: 'email', team: 'marketing' };
const WEBSITE: Place = { name: TOUCHPOINTS.website, stage: 'consideration', channel: 'web', team: 'marketing' };
const APP: Place = { name: TOUCHPOINTS.app, stage: 'use', channel: 'app', team: 'product' };
const CHECKOUT: Place = { name: TOUCHPOINTS.checkout, stage: 'purchase', channel: 'web', team: 'sales' };
const HELP: Place = { name: TOUCHPOINTS.help, stage: 'support', channel: 'email', team: 'support' };
const COMPLAINT: Place = { name: TOUCHPOINTS.complaint, stage: 'support', team: 'support' };
const RECOMMENDATION: Place = { name: TOUCHPOINTS.recommendation, stage: 'loyalty', team: 'marketing' };

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
    search: { name: TOUCHPOINTS.search, stage: 'consideration', channel: 'web', team: 'product' },
    product_page: { name: TOUCHPOINTS.productPage, stage: 'consideration', channel: 'web', team: 'product' },
    cart: { name: TOUCHPOINTS.cart, stage: 'purchase', channel: 'web', team: 'sales' },
    checkout: CHECKOUT,
    shipping: { name: TOUCHPOINTS.shipping, stage: 'delivery', channel: 'parcel', team: 'logistics' },
    parcel: { name: TOUCHPOINTS.parcel, stage: 'delivery', channel: 'parcel', team: 'logistics' },
    product: { name: TOUCHPOINTS.product, stage: 'use', team: 'product' },
    app: APP,
    returning: { name: TOUCHPOINTS.returning, stage: 'support', channel: 'parcel', team: 'support' },
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
    enquiry: { name: TOUCHPOINTS.enquiry, stage: 'consideration', channel: 'phone', team: 'sales' },
    booking: { name: TOUCHPOINTS.booking, stage: 'purchase', channel: 'web', team: 'sales' },
    visit: { name: TOUCHPOINTS.visit, stage: 'delivery', channel: 'store', team: 'product' },
    result: { name: TOUCHPOINTS.result, stage: 'use', team: 'product' },
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
    trial: { name: TOUCHPOINTS.trial, stage: 'consideration', channel: 'app', team: 'product' },
    checkout: { ...CHECKOUT, name: TOUCHPOINTS.subscribing },
    onboarding: { name: TOUCHPOINTS.onboarding, stage: 'delivery', channel: 'app', team: 'product' },
    app: APP,
    billing: { name: TOUCHPOINTS.billing, stage: 'use', channel: 'email', team: 'sales' },
    help: HELP,
    complaint: COMPLAINT,
    renewal: { name: TOUCHPOINTS.renewal, stage: 'loyalty', channel: 'email', team: 'sales' },
    leaving: { name: TOUCHPOINTS.leaving, stage: 'loyalty', channel: 'app', team: 'sales' },
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

/** A set to begin with, named in the language of the company where it is one of ours, else in English. Ids are the same in all. */
export function bodyOfSet(set: CatalogueSet, locale: string): CatalogueBody {
  const language = languageOf(locale) ?? 'en';
  const say = (words: Words): string => words[language];
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
