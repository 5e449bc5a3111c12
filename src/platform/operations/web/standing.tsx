import { Figure, Figures, useWords } from '../../web/ui/index.ts';
import type { OperationsStatus } from '../contract.ts';
import { lagSeconds } from './verdict.tsx';

/** Journal, disk, failed jobs and the server itself, in one row. */
export function Standing({ status }: { readonly status: OperationsStatus }) {
  const { t, format } = useWords();
  const { journal, disk, queues, process } = status;
  const lag = lagSeconds(status);
  const failed = queues?.reduce((sum, queue) => sum + queue.failed, 0);
  return (
    <Figures>
      <Figure
        label={t('operations.journal')}
        value={journal === null ? undefined : format.number(journal.messages)}
        onward={
          journal === null ? undefined : lag === null ? (
            t('operations.journal.empty')
          ) : (
            <>
              <span>
                {t('operations.journal.of', {
                  bytes: format.bytes(journal.bytes),
                  cap: format.bytes(journal.capBytes),
                })}
              </span>
              <span>{t('operations.journal.lag', { time: format.duration(lag) })}</span>
            </>
          )
        }
      />
      <Figure
        label={t('operations.disk')}
        value={disk === null ? undefined : format.bytes(disk.freeBytes)}
        onward={disk === null ? undefined : t('operations.disk.of', { total: format.bytes(disk.totalBytes) })}
      />
      <Figure
        label={t('operations.failed')}
        value={failed === undefined ? undefined : format.number(failed)}
        onward={t('operations.failed.since')}
      />
      <Figure
        label={t('operations.loop')}
        value={format.number(process.loopDelayMs, 0)}
        onward={t('operations.loop.note', { memory: format.bytes(process.memoryBytes) })}
      />
    </Figures>
  );
}
