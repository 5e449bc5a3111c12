import type { EarlyPage } from '../../../platform/web/client/early.ts';
import { scopeIn } from '../../../platform/web/ui/address.ts';
import type { Extent, Outside } from '../contract.ts';
import { askedOf, homeQuestion, usualQuestion } from './asked-period.ts';

/** Home asks for the days that have data and for all it shows of them: after one another only where an end of the period is left to them. */
export const homeEarly: EarlyPage = {
  path: '/',
  permission: 'metrics:read',
  load: () => import('./home-page.tsx'),
  ask: async (ask, address) => {
    const usual = usualQuestion(address);
    if (usual !== undefined) {
      await Promise.all([ask('/metrics/extent'), ask('/metrics/home', { ...usual })]);
      return;
    }
    const known = (await ask('/metrics/extent')) as { extent: Extent | null; outside: Outside | null } | undefined;
    if (known === undefined || known.extent === null) return;
    await ask('/metrics/home', { ...homeQuestion(askedOf(scopeIn(address), known.extent, known.outside)) });
  },
};
