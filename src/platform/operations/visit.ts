import { composeHouse } from '../house/compose.ts';
import type { Capability, Finding } from '../house/house.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { takeDataDir, type DataDirOwner } from '../stores/data-dir.ts';
import { openEngines, type Engines } from '../stores/engines.ts';
import { openFacts } from '../stores/facts.ts';
import type { FactsMigration } from '../stores/ports.ts';
import { openRecords } from '../stores/records.ts';
import { schemaStanding, type SchemaStanding } from '../stores/schema.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { examine } from './checks.ts';
import { inWords } from './in-words.ts';
import { CHECKUP_PATH, TOKEN_FILE } from './vocabulary.ts';
import { counted } from '../kernel/words.ts';

const PATIENCE_MS = 30_000;

const told = z.object({
  findings: z.array(
    z.object({
      check: z.string(),
      state: z.enum(['ok', 'warn', 'fail', 'skip']),
      says: z.string(),
      mend: z.string().exactOptional(),
    }),
  ),
});

/** Asks the server that owns the directory. */
export async function askServer(dir: string, { address, process: { pid } }: DataDirOwner): Promise<Finding[]> {
  const check = 'server';
  const token = await readFile(join(dir, TOKEN_FILE), 'utf8').catch(() => null);
  if (token === null) {
    const says = `Process ${pid} owns this directory and serves no checks; it may be starting, or be a command at work.`;
    return [{ check, state: 'warn', says, mend: 'Try again when it is done.' }];
  }
  try {
    const response = await fetch(new URL(CHECKUP_PATH, address), {
      headers: { authorization: `Bearer ${token.trim()}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    const { findings } = told.parse(await response.json());
    return [{ check, state: 'ok', says: `Process ${pid} serves ${address}.` }, ...findings];
  } catch (error) {
    const says = `Process ${pid} owns this directory, and cannot be asked at ${address}: ${inWords(error)}.`;
    return [{ check, state: 'fail', says, mend: `See its log; if it hangs, end process ${pid} and start it again.` }];
  }
}

/**
 * Starts the engines of a directory that nobody serves, looks, and stops them again. Changes no schema unless `migrate`;
 * one that is behind is said, and what needs it is left out.
 */
export async function openAndLook(
  config: Config,
  capabilities: readonly Capability[],
  migrate: boolean,
): Promise<Finding[]> {
  const dataDir = await takeDataDir(config.dataDir, 'nothing: the doctor looks at it', systemClock);
  try {
    const engines = await openEngines(config, dataDir, silentLog).catch((error: unknown) => inWords(error));
    if (typeof engines === 'string') {
      const mend = 'What the engine says stands above; its log lies in the data directory.';
      return [{ check: 'engines', state: 'fail', says: `The stores do not start: ${engines}`, mend }];
    }
    try {
      return await look({ ...config, dataDir: dataDir.path }, capabilities, engines, migrate);
    } finally {
      await engines.stop();
    }
  } finally {
    await dataDir.release();
  }
}

async function look(
  config: Config,
  capabilities: readonly Capability[],
  stores: Engines,
  migrate: boolean,
): Promise<Finding[]> {
  const migrations = capabilities.flatMap((c) => c.facts ?? []);
  const schema = schemaFinding(await standing(stores, migrations), migrate);
  if (schema.state !== 'ok') return [schema];
  const composed = await composeHouse({ config, stores, capabilities, log: silentLog, background: false });
  try {
    return [schema, ...(await examine(composed.house))];
  } finally {
    await composed.stop();
  }
}

async function standing(stores: Engines, migrations: readonly FactsMigration[]): Promise<SchemaStanding> {
  const records = openRecords(stores.recordsUrl, silentLog, { max: 1 });
  const facts = openFacts({ ...stores.facts, database: 'system' });
  try {
    return await schemaStanding(records, facts, stores.facts.database, migrations);
  } finally {
    await Promise.all([records.close(), facts.close()]);
  }
}

export function schemaFinding({ pending, unknown }: SchemaStanding, migrate: boolean): Finding {
  const check = 'schema';
  if (unknown.length > 0) {
    const says = `These data were made by a later version of Touchstone: it knows ${unknown.join(', ')}.`;
    return { check, state: 'fail', says, mend: 'Run that version here, or restore a backup from before it.' };
  }
  if (pending.length === 0) return { check, state: 'ok', says: 'The schema of both stores is up to date.' };
  if (migrate)
    return { check, state: 'ok', says: `The schema was brought up to date (${counted(pending.length, 'change')}).` };
  const says = `The schema is ${counted(pending.length, 'change')} behind this version; what needs it was not looked at.`;
  return { check, state: 'warn', says, mend: 'Make a backup; the next start, or --fix, brings it up to date.' };
}
