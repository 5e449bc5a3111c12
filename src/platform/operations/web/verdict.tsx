import { Finding, useWords } from '../../web/ui/index.ts';
import type { OperationsStatus } from '../contract.ts';

const LATE_SECONDS = 60;
const LOW_BYTES = 2_000_000_000;

/** How long the oldest message has waited, in seconds; null where none does. */
export function lagSeconds({ at, journal }: Pick<OperationsStatus, 'at' | 'journal'>): number | null {
  const oldestAt = journal?.oldestAt ?? null;
  return oldestAt === null ? null : Math.max(0, (Date.parse(at) - Date.parse(oldestAt)) / 1000);
}

/** The worst there is to say, in one sentence. */
export function Verdict({ status }: { readonly status: OperationsStatus }) {
  const { t, format } = useWords();
  const { records, facts, disk, journal, queues } = status;
  const failed = (queues ?? []).reduce((sum, queue) => sum + queue.failed, 0);
  const aside = journal?.setAside ?? 0;
  const lag = lagSeconds(status) ?? 0;
  const away = facts.servers.filter((server) => !server.answers).map((server) => server.name);
  const worse = !records.answers
    ? t('operations.sentence.records')
    : !facts.answers
      ? facts.servers.length > 1
        ? t('operations.sentence.servers', { servers: format.list(away) })
        : t('operations.sentence.facts')
      : disk !== null && disk.freeBytes < LOW_BYTES
        ? t('operations.sentence.disk', { free: format.bytes(disk.freeBytes) })
        : aside > 0
          ? t('operations.sentence.aside', { count: aside })
          : failed > 0
            ? t('operations.sentence.failed', { count: failed })
            : lag > LATE_SECONDS
              ? t('operations.sentence.late', { time: format.duration(lag) })
              : null;
  if (worse !== null) return <Finding tone="worse">{worse}</Finding>;
  // A replica is away, and others do its work.
  if (away.length > 0)
    return <Finding tone="worse">{t('operations.sentence.replicas', { servers: format.list(away) })}</Finding>;
  return t('operations.sentence.well');
}
