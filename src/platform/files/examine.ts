import type { Finding } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import { isBucket } from './open.ts';
import type { Files } from './ports.ts';
import { probe } from './probe.ts';

export interface Examined {
  /** What the finding is called, and the setting that names the place. */
  readonly check: string;
  readonly setting: string;
  readonly where: string;
  readonly patienceMs: number;
}

/** Whether files can be kept in a place: one is written, read and taken away. */
export async function examineFiles(
  open: () => Promise<Files>,
  { check, setting, where, patienceMs }: Examined,
): Promise<Finding> {
  const tried = open().then(probe);
  const failure = await Promise.race([
    tried.then(
      () => null,
      (error: unknown) =>
        error instanceof Problem ? error.detail : error instanceof Error ? error.message : 'no reason',
    ),
    late(patienceMs),
  ]);
  if (failure === null) return { check, state: 'ok', says: `Files can be written to ${where} and read again.` };
  const mend = isBucket(where)
    ? `Check ${setting}, AWS_ENDPOINT_URL_S3, AWS_REGION and the key; it has to be allowed to put, get, list and delete objects there.`
    : `See that ${setting} is there, belongs to the user Touchstone runs as, and has room.`;
  return { check, state: 'fail', says: `Files cannot be kept in ${where}: ${failure}`, mend };
}

function late(patienceMs: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('it does not answer in time.'), patienceMs).unref();
  });
}
