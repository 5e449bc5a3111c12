import type { SourceView } from '../../sources/contract.ts';

/** How long a look that was asked for is waited for: its next time is written as it begins, how it went as it ends. */
const LOOK_MS = 20_000;

/** The looks that were asked for here: by source, its last look before and until when its next one is waited for. */
export type AskedLooks = Readonly<Record<string, { readonly lastRunAt: string | null; readonly untilMs: number }>>;

export function withLook(asked: AskedLooks, source: SourceView, nowMs: number): AskedLooks {
  return { ...asked, [source.id]: { lastRunAt: source.lastRunAt, untilMs: nowMs + LOOK_MS } };
}

/** Whether a source is due or being looked at, so that what is shown of it will change soon. */
export function isAwaited(source: SourceView, asked: AskedLooks, nowMs: number): boolean {
  const look = asked[source.id];
  return source.due || (look !== undefined && look.lastRunAt === source.lastRunAt && nowMs < look.untilMs);
}
