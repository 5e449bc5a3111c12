/** Where events are sent from. */
export const WAYS = ['curl', 'segment', 'rudder', 'page', 'backend', 'webhook'] as const;
export type Way = (typeof WAYS)[number];

/** What the example tells: an order was placed, or somebody answered a question. */
export const EXAMPLES = ['order', 'answer'] as const;
export type Example = (typeof EXAMPLES)[number];

export interface Sending {
  /** Of the server, without a slash at its end. */
  readonly url: string;
  readonly writeKey: string;
  readonly example: Example;
  /** ISO 4217, of the workspace. */
  readonly currency: string;
}

/** Names of the Segment spec for the order; of ours for the answer, which becomes one of NPS. */
function eventOf({ example, currency }: Sending) {
  return example === 'order'
    ? { event: 'Order Completed', properties: { order_id: 'A-1001', revenue: 20.5, currency } }
    : {
        event: 'Survey Answered',
        properties: { instrument: 'nps', score: 9, text: 'Quick and friendly.', order_id: 'A-1001' },
      };
}

/** The lines to copy. Whatever is quoted by shell or HTML holds no quote of its own: addresses, keys and the examples above. */
export function snippetOf(way: Way, sending: Sending): string {
  return SNIPPETS[way](sending);
}

const SNIPPETS: Readonly<Record<Way, (sending: Sending) => string>> = {
  curl: (sending) =>
    [
      `curl -u '${sending.writeKey}:' ${sending.url}/v1/track \\`,
      `  -H 'content-type: application/json' \\`,
      `  -d '${json({ userId: 'u-1', ...eventOf(sending) })}'`,
    ].join('\n'),

  segment: (sending) =>
    [
      '// npm install @segment/analytics-node',
      "import { Analytics } from '@segment/analytics-node';",
      '',
      'const analytics = new Analytics({',
      `  writeKey: '${sending.writeKey}',`,
      `  host: '${sending.url}',`,
      '});',
      `analytics.identify({ userId: 'u-1', traits: { email: 'ada@example.com' } });`,
      `analytics.track(${object({ userId: 'u-1', ...eventOf(sending) })});`,
      'await analytics.closeAndFlush();',
    ].join('\n'),

  rudder: (sending) =>
    [
      '// npm install @rudderstack/rudder-sdk-node',
      "import RudderAnalytics from '@rudderstack/rudder-sdk-node';",
      '',
      `const analytics = new RudderAnalytics('${sending.writeKey}', {`,
      `  dataPlaneUrl: '${sending.url}',`,
      '});',
      `analytics.identify({ userId: 'u-1', traits: { email: 'ada@example.com' } });`,
      `analytics.track(${object({ userId: 'u-1', ...eventOf(sending) })});`,
      'await analytics.flush();',
    ].join('\n'),

  page: (sending) =>
    [
      '<script>',
      '  function send(event, properties, userId) {',
      "    let visitor = localStorage.getItem('visitor');",
      "    if (!visitor) localStorage.setItem('visitor', (visitor = String(Math.random()).slice(2)));",
      `    return fetch('${sending.url}/v1/track', {`,
      "      method: 'POST',",
      '      keepalive: true,',
      '      body: JSON.stringify({',
      `        writeKey: '${sending.writeKey}',`,
      '        anonymousId: visitor,',
      '        userId,',
      '        event,',
      '        properties,',
      '        context: { page: { url: location.href } },',
      '      }),',
      '    });',
      '  }',
      `  send('${eventOf(sending).event}', ${object(eventOf(sending).properties, '  ')}, 'u-1');`,
      '</script>',
    ].join('\n'),

  backend: (sending) =>
    [
      '// Node 18 or newer, without a package; any language that speaks HTTP does the same.',
      `const answer = await fetch('${sending.url}/v1/track', {`,
      "  method: 'POST',",
      '  headers: {',
      `    authorization: 'Basic ${basic(sending.writeKey)}',`,
      "    'content-type': 'application/json',",
      '  },',
      `  body: JSON.stringify(${object({ messageId: `${sending.example}-A-1001`, userId: 'u-1', ...eventOf(sending) }, '  ')}),`,
      '});',
      'console.log(await answer.json());',
    ].join('\n'),

  webhook: (sending) =>
    [
      `POST ${sending.url}/v1/track`,
      `authorization: Basic ${basic(sending.writeKey)}`,
      'content-type: application/json',
      '',
      JSON.stringify({ messageId: `${sending.example}-A-1001`, userId: 'u-1', ...eventOf(sending) }, null, 2),
    ].join('\n'),
};

/** The key as Basic authorization takes it: a user without a password. */
function basic(writeKey: string): string {
  return btoa(`${writeKey}:`);
}

function json(value: object): string {
  return JSON.stringify(value);
}

/** As one writes it in a program: names without quotes, texts in single ones. */
function object(value: object, indent = ''): string {
  const lines = Object.entries(value).map(([name, held]) => {
    const shown: string =
      typeof held === 'object' ? object(held as object, `${indent}  `) : typeof held === 'string' ? `'${held}'` : String(held); // prettier-ignore
    return `${indent}  ${name}: ${shown},`;
  });
  return ['{', ...lines, `${indent}}`].join('\n');
}

const OWN_MACHINE = /^(127\.|localhost$|0\.0\.0\.0$|\[?::)/;

/**
 * Where others reach the server: the address it was told, unless that is of its own machine only and the reader came by
 * another way.
 * @param told of the configuration, or guessed from host and port
 * @param origin of the page the reader has open
 */
export function addressOf(told: string, origin: string): string {
  const known = URL.canParse(told) ? new URL(told) : undefined;
  const url = known === undefined || OWN_MACHINE.test(known.hostname) ? origin : told;
  return url.replace(/\/+$/, '');
}
