/** What the made-up shop is called, sells and hears. All of it is invented. */

export const COMPANY = 'Lark & Lantern';

export const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Clara',
  'Dario',
  'Elsa',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Katja',
  'Leo',
  'Mina',
  'Nadia',
  'Oskar',
  'Petra',
  'Rosa',
  'Samir',
  'Tessa',
  'Viktor',
  'Wanda',
  'Yara',
  'Zoran',
  'شیرین',
];

export const LAST_NAMES = [
  'Alder',
  'Birch',
  'Cedar',
  'Dogwood',
  'Elm',
  'Fir',
  'Gorse',
  'Hazel',
  'Ivy',
  'Juniper',
  'Larch',
  'Maple',
  'Nettle',
  'Oak',
  'Pine',
  'Quince',
  'Rowan',
  'Sorrel',
  'Thorn',
  'Yew',
];

/** Regions and how likely a customer lives there. Parcels to the last are slow. */
export const REGIONS = [
  ['HB', 'Harbour', 30],
  ['VL', 'Valley', 24],
  ['HL', 'Hills', 18],
  ['PL', 'Plains', 14],
  ['IS', 'Islands', 14],
] as const;
export const SLOW_REGION = 'IS';

/** Categories and how likely a product is of it. Things of `textiles` come back more often. */
export const CATEGORIES = [
  ['lamps', 26],
  ['candles', 20],
  ['textiles', 18],
  ['ceramics', 16],
  ['garden', 12],
  ['toys', 8],
] as const;
export const RETURNED_CATEGORY = 'textiles';

/** Ways of paying and how likely each is. None has any effect. */
export const PAYMENTS = [
  ['credit_card', 62],
  ['transfer', 20],
  ['wallet', 12],
  ['voucher', 6],
] as const;

export const MAKES = [
  'Amber',
  'Basalt',
  'Clover',
  'Dune',
  'Ember',
  'Fjord',
  'Glade',
  'Heath',
  'Inlet',
  'Juno',
  'Kelp',
  'Loam',
];

export const RETURN_REASONS = ['does not fit', 'other colour than shown', 'broken', 'changed my mind'];

/** Comments by what they are about. Some hold what trips readers of files: line breaks, quotes, commas, semicolons. */
export const COMMENTS = {
  late: [
    'It came after the day you promised, and nobody told me.',
    'Nice lamp, but I waited\nmuch longer than the page said.',
    'The parcel was late; I had to buy another gift.',
    'Late again. "Soon" is not a date.',
    'خیلی دیر رسید و کسی خبر نداد.',
  ],
  good: [
    'Exactly as shown, well packed.',
    'Came a day early, thank you!',
    'My mother says: "the best candle I ever had".',
    'Warm light, solid foot, easy to clean;\nwe ordered a second one.',
    'بسته‌بندی عالی بود.',
  ],
  fair: [
    'It is fine, nothing special.',
    'Good, though the box was torn.',
    'Smaller than I thought, but I keep it.',
    '=better than the last one, still a bit dear',
  ],
  bad: [
    'The glaze has a crack and support never answered.',
    'Wrong colour, and sending it back cost me an afternoon.',
    'It broke on the second evening.',
    'Not what the pictures show.\n\nI am disappointed.',
  ],
} as const;

export const TITLES = ['', '', '', 'Hm', 'Recommended', 'Thanks', 'Again?', 'Lovely'];
