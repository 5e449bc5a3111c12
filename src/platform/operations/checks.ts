import { examineFiles } from '../files/examine.ts';
import { filesPlace } from '../files/open.ts';
import type { Backlog, Finding, House } from '../house/house.ts';
import type { Clock } from '../kernel/clock.ts';
import { inWords } from './in-words.ts';
import { selectFactsSelf } from './facts.ts';
import { isLoopback } from './admission.ts';
import { orNull } from './patience.ts';
import { selectRecordsSelf } from './records.ts';
import { readVitals, type Disk, type Vitals } from './vitals.ts';
import { counted } from '../kernel/words.ts';

const MINUTE_MS = 60_000;
/** Clocks further apart than this make days and tokens wrong. */
const APART_MS = 5_000;
/** ClickHouse slows inserts at 1,000 parts of a partition and refuses them at 3,000 (parts_to_delay_insert, parts_to_throw_insert). */
const PARTS = { many: 500, tooMany: 1_000 };
const DISK = { low: 2_000_000_000, tooLow: 300_000_000 };
/** The doctor has more time than a machine that asks every few seconds. */
const PATIENCE_MS = 10_000;

/** Looks at a house that runs, from within. Takes some twenty seconds at most, whatever is away. */
export async function examine(house: House): Promise<Finding[]> {
  const vitals = await readVitals(house, PATIENCE_MS);
  const [records, facts, mail, files, own] = await Promise.all([
    orNull(
      heldAgainst(house.clock, () => selectRecordsSelf(house.records.db)),
      PATIENCE_MS,
    ),
    Promise.all(
      house.facts.servers.map((server) =>
        orNull(
          heldAgainst(house.clock, () => selectFactsSelf(server)),
          PATIENCE_MS,
        ),
      ),
    ),
    mailFinding(house),
    filesFinding(house),
    orNull(house.examine(), PATIENCE_MS),
  ]);
  return [
    storeFinding('records', 'PostgreSQL', 'DATABASE_URL', records),
    ...house.facts.servers.map(({ name }, i) => {
      const [check, called] =
        house.facts.servers.length > 1 ? [`facts ${name}`, `ClickHouse at ${name}`] : ['facts', 'ClickHouse'];
      return storeFinding(check, called, 'CLICKHOUSE_URL', facts[i] ?? null);
    }),
    ...engineFindings(vitals),
    ...partsFinding(vitals),
    diskFinding(vitals.disk),
    journalFinding(vitals.backlog, vitals.at),
    ...asideFinding(vitals.backlog),
    ...jobFindings(vitals),
    mail,
    files,
    addressFinding(house.config.publicUrl),
    ...(own ?? [{ check: 'capabilities', state: 'skip', says: 'Capabilities could not be asked.' } as const]),
  ];
}

interface Self {
  readonly version: string;
  /** How far its clock is off ours, at least. */
  readonly apartMs: number;
}

/** A store read its clock somewhere between the question and its answer, which may be slow. */
export async function heldAgainst(clock: Clock, ask: () => Promise<{ version: string; nowMs: number }>): Promise<Self> {
  const from = clock.now().getTime();
  const { version, nowMs } = await ask();
  return { version, apartMs: Math.max(0, from - nowMs, nowMs - clock.now().getTime()) };
}

function storeFinding(check: string, name: string, setting: string, self: Self | null): Finding {
  if (self === null) {
    return {
      check,
      state: 'fail',
      says: `${name} does not answer.`,
      mend: `Where it is a server of yours, see that it runs and that ${setting} is right. Ours is started again by itself; its log lies in the data directory.`,
    };
  }
  if (self.apartMs > APART_MS) {
    return {
      check,
      state: 'fail',
      says: `${name} ${self.version} answers, but its clock is ${Math.round(self.apartMs / 1000)} s off ours.`,
      mend: 'Let both machines take their time from the same place (NTP).',
    };
  }
  return { check, state: 'ok', says: `${name} ${self.version} answers.` };
}

function engineFindings({ engines }: Vitals): Finding[] {
  return Object.entries(engines ?? {}).flatMap(([engine, status]): Finding[] => {
    const check = `engine ${engine}`;
    if (status.state === 'outside') return [];
    if (status.state !== 'running') {
      const mend = `See ${engine}/${engine}.log in the data directory.`;
      return [{ check, state: 'fail', says: `The engine ${engine} is ${status.state}.`, mend }];
    }
    if (status.crashes === 0) return [];
    return [
      {
        check,
        state: 'warn',
        says: `The engine ${engine} ended ${counted(status.crashes, 'time')} since the server started, and was started again.`,
        mend: `See ${engine}/${engine}.log in the data directory; too little memory is the usual reason.`,
      },
    ];
  });
}

function partsFinding({ facts }: Vitals): Finding[] {
  if (facts === null || facts.fullestPartitionParts < PARTS.many) return [];
  return [
    {
      check: 'parts',
      state: facts.fullestPartitionParts < PARTS.tooMany ? 'warn' : 'fail',
      says: `A partition of the facts store has ${facts.fullestPartitionParts} parts that wait to be merged.`,
      mend: 'Give it time without imports; if it stays, its disk is too slow for what arrives.',
    },
  ];
}

export function diskFinding(disk: Disk | null): Finding {
  const check = 'disk';
  if (disk === null) return { check, state: 'skip', says: 'The free space could not be read.' };
  const gigabytes = (disk.freeBytes / 1e9).toFixed(1);
  const says = `${gigabytes} GB are free where the data lie.`;
  if (disk.freeBytes >= DISK.low) return { check, state: 'ok', says };
  const mend = 'Make room, or move the data directory to a larger disk.';
  return { check, state: disk.freeBytes < DISK.tooLow ? 'fail' : 'warn', says, mend };
}

export function journalFinding(backlog: Backlog | null, now: Date): Finding {
  const check = 'journal';
  if (backlog === null) return { check, state: 'skip', says: 'The journal could not be read.' };
  const { messages, bytes, capBytes, oldestAt } = backlog;
  if (oldestAt === null) return { check, state: 'ok', says: 'Nothing waits in the journal.' };
  const ageMs = now.getTime() - oldestAt.getTime();
  const says = `${counted(messages, 'message')} (${(bytes / 1e6).toFixed(1)} MB) ${messages === 1 ? 'waits' : 'wait'} in the journal, the oldest for ${Math.max(0, Math.round(ageMs / 1000))} s.`;
  if (ageMs < -MINUTE_MS) {
    const mend = 'Set the clock right: days and tokens go by it.';
    return {
      check: 'clock',
      state: 'fail',
      says: 'The journal holds messages from the future: the clock was set back.',
      mend,
    };
  }
  const full = bytes / capBytes;
  if (full < 0.5 && ageMs < 5 * MINUTE_MS) return { check, state: 'ok', says };
  return {
    check,
    state: full > 0.9 || ageMs > 30 * MINUTE_MS ? 'fail' : 'warn',
    says,
    mend: 'It drains as soon as the facts store takes rows: see what is said of it here, and the server’s log.',
  };
}

function asideFinding(backlog: Backlog | null): Finding[] {
  if (backlog === null || backlog.setAside === 0) return [];
  const says = `${counted(backlog.setAside, 'message was', 'messages were')} set aside: no try got through.`;
  const mend =
    'GET /api/v1/journal/set-aside, or the page Operations, says why; try them again there once that is mended.';
  return [{ check: 'set aside', state: 'warn', says, mend }];
}

function jobFindings({ queues, at }: Vitals): Finding[] {
  if (queues === null) return [{ check: 'jobs', state: 'skip', says: 'The jobs could not be read.' }];
  const failed = queues.filter((q) => q.failed > 0);
  const late = queues.filter((q) => q.dueSince !== null && at.getTime() - q.dueSince.getTime() > 15 * MINUTE_MS);
  const findings: Finding[] = [];
  if (failed.length > 0) {
    const named = failed.map((q) => `${q.queue} (${q.failed})`).join(', ');
    const mend = 'See why on the page Operations, and try them again there.';
    findings.push({ check: 'jobs', state: 'warn', says: `Jobs failed for good: ${named}.`, mend });
  }
  if (late.length > 0) {
    const says = `Jobs wait for more than 15 minutes: ${late.map((q) => q.queue).join(', ')}.`;
    const mend = 'A server with the role worker must run; if one does, it is busy or its log says why not.';
    findings.push({ check: 'late jobs', state: 'warn', says, mend });
  }
  return findings.length > 0 ? findings : [{ check: 'jobs', state: 'ok', says: 'No job failed, none is late.' }];
}

async function mailFinding({ mail }: House): Promise<Finding> {
  const check = 'mail';
  if (!mail.available) {
    return { check, state: 'ok', says: 'No mail server is set: invitations are shown as links to hand over.' };
  }
  const failure = await orNull(
    mail.check().then(
      () => '',
      (error: unknown) => inWords(error),
    ),
    PATIENCE_MS,
  );
  if (failure === '') return { check, state: 'ok', says: 'The mail server answers and lets us in.' };
  return {
    check,
    state: 'fail',
    says: `The mail server cannot be used: ${failure ?? 'it does not answer in time.'}`,
    mend: 'Check SMTP_URL: name, port, user and password.',
  };
}

function filesFinding({ config, files }: House): Promise<Finding> {
  return examineFiles(async () => files, {
    check: 'files',
    setting: config.filesAt === undefined ? 'the data directory' : 'TOUCHSTONE_FILES',
    where: filesPlace(config),
    patienceMs: PATIENCE_MS,
  });
}

/** Whether the address that people open can be one. */
export function addressFinding(publicUrl: string): Finding {
  const check = 'address';
  const { protocol, hostname, pathname } = new URL(publicUrl);
  if (hostname === '0.0.0.0' || hostname === '[::]') {
    return {
      check,
      state: 'warn',
      says: `${publicUrl} is no address that a browser elsewhere can open; links in invitations lead there.`,
      mend: 'Set TOUCHSTONE_URL to the address people open.',
    };
  }
  if (pathname !== '/') {
    const mend = 'Give Touchstone a host name of its own, and set TOUCHSTONE_URL to it.';
    return { check, state: 'fail', says: `TOUCHSTONE_URL has a path (${pathname}), which is not served.`, mend };
  }
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    return {
      check,
      state: 'warn',
      says: `People open ${publicUrl} without encryption: passwords and cookies can be read on the way.`,
      mend: 'Put a proxy with TLS in front, and set TOUCHSTONE_URL to its https address.',
    };
  }
  return { check, state: 'ok', says: `People open ${publicUrl}.` };
}
