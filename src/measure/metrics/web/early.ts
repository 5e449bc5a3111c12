import { usualPeriod } from '@touchstone/domain/calendar';
import type { EarlyPage } from '../../../platform/web/client/early.ts';
import { scopeIn } from '../../../platform/web/ui/address.ts';
import type { Extent, Outside } from '../contract.ts';
import { askedOf, homeQuestion } from './asked-period.ts';

/** Home asks for the days that have data, then for all it shows of them. */
export const homeEarly: EarlyPage = {
  path: '/',
  permission: 'metrics:read',
  load: () => import('./home-page.tsx'),
  ask: async (ask, address) => {
    const known = (await ask('/metrics/extent')) as { extent: Extent | null; outside: Outside | null } | undefined;
    if (known === undefined || known.extent === null) return;
    const scope = scopeIn(address, usualPeriod(known.extent));
    await ask('/metrics/home', homeQuestion(askedOf(scope, known.extent, known.outside)));
  },
};
