import type { House, Route } from '../house/house.ts';
import { admitToCheckup, admitToMetrics } from './admission.ts';
import { examine } from './checks.ts';
import { Exposition } from './exposition.ts';
import type { DirectoryToken } from './token.ts';
import { readVitals } from './vitals.ts';
import { CHECKUP_PATH } from './vocabulary.ts';
import type { Watchers } from './watchers.ts';

const NOT_KEPT = { 'cache-control': 'no-store' };

export function operationsRoutes(house: House, { meters }: Watchers, token: DirectoryToken): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/metrics',
      role: 'any',
      permission: 'own',
      credential: 'TOUCHSTONE_METRICS_TOKEN as a bearer token; none for programs of this machine where it is not set',
      rateLimit: { perMinute: 600, by: 'ip' },
      handle: async (request, context) => {
        admitToMetrics(house.config, token.value(), request, context);
        const text = meters.write(await readVitals(house));
        return new Response(text, { headers: { ...NOT_KEPT, 'content-type': Exposition.contentType } });
      },
    },
    {
      method: 'GET',
      path: CHECKUP_PATH,
      role: 'any',
      permission: 'own',
      credential: 'the token that lies in the data directory while the server runs',
      rateLimit: { perMinute: 60, by: 'ip' },
      handle: async (request) => {
        admitToCheckup(token.value(), request);
        return Response.json({ findings: await examine(house) }, { headers: NOT_KEPT });
      },
    },
  ];
}
