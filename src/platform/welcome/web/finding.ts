import { addDays } from '@touchstone/domain/calendar';
import { api, useRead, useReader } from '../../web/client/index.ts';
import { stepsOf, type Step } from './steps.ts';

/** While a step is open the page looks again this often. */
const LOOK_EVERY_MS = 4_000;
/** Imports that are looked through for one that brought rows. */
const IMPORTS = 50;

/** Which of the first steps are done, from what is there; looks again while one is open. */
export function useSteps(): Readonly<Record<Step, boolean | undefined>> {
  const { may } = useReader();
  const everyMs = LOOK_EVERY_MS;
  const keys = useRead(['workspaces', 'keys'], (signal) => api.workspaces.keys.list(undefined, { signal }), {
    enabled: may('keys:read'),
  });
  const arrivals = useRead(['events', 'arrivals'], (signal) => api.events.arrivals({}, { signal }), {
    everyMs: (data) => (data !== undefined && data.events > 0 ? false : everyMs),
    enabled: may('events:read'),
  });
  const imports = useRead(['imports', 'first'], (signal) => api.imports.list({ limit: IMPORTS }, { signal }), {
    everyMs: (data) => (data !== undefined && data.items.some(hasRows) ? false : everyMs),
    enabled: may('imports:read'),
  });
  const extent = useRead(['metrics', 'extent'], (signal) => api.metrics.extent(undefined, { signal }), {
    everyMs: (data) => (data?.extent == null ? everyMs : false),
  });
  const days = extent.data?.extent ?? undefined;
  const answers = useRead(['metrics', 'first', days], (signal) => answersIn(days, signal), {
    enabled: days !== undefined,
    everyMs: (data) => (data === undefined || data > 0 ? false : everyMs),
  });
  const members = useRead(['workspaces', 'members'], (signal) => api.workspaces.members.list(undefined, { signal }));
  const invited = useRead(['workspaces', 'invitations'], (signal) =>
    api.workspaces.invitations.list(undefined, { signal }),
  );
  return stepsOf({
    writeKeys: keys.data?.items.filter((k) => k.kind === 'write' && k.revokedAt === null).length,
    events: arrivals.data?.events,
    files: imports.data?.items.filter(hasRows).length,
    answers: extent.data === undefined ? undefined : days === undefined ? 0 : answers.data,
    measured: extent.data === undefined ? undefined : days !== undefined,
    people:
      members.data === undefined || invited.data === undefined
        ? undefined
        : members.data.items.length + invited.data.items.length,
  });
}

function hasRows({ state, counts }: { readonly state: string; readonly counts: { readonly added: number } }): boolean {
  return state !== 'undone' && counts.added > 0;
}

async function answersIn(
  days: { readonly from: string; readonly to: string } | undefined,
  signal: AbortSignal,
): Promise<number> {
  if (days === undefined) return 0;
  const { overall } = await api.metrics.get({ key: 'responses', from: days.from, to: addDays(days.to, 1) }, { signal });
  return overall.n;
}
