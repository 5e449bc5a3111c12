import type { Finding, House } from '../house/house.ts';
import { examineFiles } from '../files/examine.ts';
import { openPlace } from './keeping.ts';
import { selectBackups, type BackupRow } from './records.ts';

const HOUR_MS = 3_600_000;
/** Daily is the rule: two that are missing are told, a week without is wrong. */
const OLD = { warnMs: 50 * HOUR_MS, failMs: 7 * 24 * HOUR_MS };
const LOOKED_AT = 50;
/** The doctor waits a little longer for all of this. */
const PATIENCE_MS = 8_000;

/** Whether backups are taken by themselves, and how old the latest good one is. */
export async function examineBackups({ config, records, clock }: House): Promise<Finding[]> {
  const { backupTo: where } = config;
  if (where === undefined) {
    const says = 'No backups are taken by themselves.';
    return [
      { check: 'backups', state: 'warn', says, mend: 'Set BACKUP_TO, or run ./touchstone backup on a schedule.' },
    ];
  }
  return [
    backupFinding(await selectBackups(records.db, LOOKED_AT), clock.now()),
    await examineFiles(() => openPlace(where, config), {
      check: 'backup place',
      setting: 'BACKUP_TO',
      where,
      patienceMs: PATIENCE_MS,
    }),
  ];
}

/** @param latest the latest first */
export function backupFinding(
  latest: readonly Pick<BackupRow, 'state' | 'finishedAt' | 'problem'>[],
  now: Date,
): Finding {
  const check = 'backups';
  const good = latest.find((b) => b.state === 'done' && b.finishedAt !== null);
  const problem =
    latest[0]?.state === 'failed' ? ` The latest failed: ${latest[0].problem ?? 'nobody knows why'}.` : '';
  const mend = 'See the server’s log, and whether BACKUP_TO is there and has room.';
  if (good?.finishedAt === undefined || good.finishedAt === null) {
    return { check, state: problem === '' ? 'warn' : 'fail', says: `There is no backup yet.${problem}`, mend };
  }
  const ageMs = now.getTime() - good.finishedAt.getTime();
  const says = `The latest good backup is of ${good.finishedAt.toISOString()}.${problem}`;
  if (ageMs > OLD.failMs) return { check, state: 'fail', says, mend };
  return problem === '' && ageMs <= OLD.warnMs ? { check, state: 'ok', says } : { check, state: 'warn', says, mend };
}
