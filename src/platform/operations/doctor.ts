import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptions } from '../cli/options.ts';
import { EXIT, terminal } from '../cli/terminal.ts';
import type { Capability, Command, Finding } from '../house/house.ts';
import { systemClock } from '../kernel/clock.ts';
import { readConfig, type Config } from '../kernel/config.ts';
import { ownerOf } from '../stores/data-dir.ts';
import { diskFinding } from './checks.ts';
import {
  clockFinding,
  folderFindings,
  leftoverFindings,
  nodeFinding,
  ownerFindings,
  portFinding,
  type Diagnosis,
} from './local.ts';
import { inWords } from './in-words.ts';
import { orNull } from './patience.ts';
import { diskOf } from './vitals.ts';
import { askServer, openAndLook } from './visit.ts';

const DISK_MS = 5_000;

interface Treated extends Finding {
  /** It was found wrong and mended. */
  readonly fixed?: true;
}

/** Looks at everything that can be wrong with a data directory, and says what and what to do. */
export const doctor = (capabilities: readonly Capability[]): Command => ({
  name: 'doctor',
  summary:
    'Say what is wrong with a data directory and what to do about it; --fix mends what is safe to mend. Asks the server where one runs.',
  usage: 'doctor [--data DIR] [--fix] [--json]',
  run: async (args, env) => {
    const { values, flags } = readOptions(args, { values: ['data'], flags: ['fix', 'json'] });
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    const findings = await diagnose(config, capabilities, flags.has('fix'));
    const ok = findings.every((f) => f.state !== 'fail');
    if (flags.has('json')) terminal.result(JSON.stringify({ ok, findings }));
    else for (const line of report(findings, ok)) terminal.result(line);
    return ok ? EXIT.done : EXIT.failed;
  },
});

async function diagnose(config: Config, capabilities: readonly Capability[], fix: boolean): Promise<Treated[]> {
  const { dataDir } = config;
  const general = [nodeFinding(process.versions.node), await clockFinding(systemClock)];
  const folder = await folderFindings(dataDir);
  if (folder === null) {
    const says = `Nothing lies in ${dataDir} yet.`;
    const mend = './touchstone serve or ./touchstone init makes it.';
    return [...general, { check: 'data directory', state: 'skip', says, mend }, await portFinding(config)];
  }
  const ours = await treat(folder, fix);
  const here = [...general, ...ours];
  const owner = await ownerOf(dataDir, systemClock);
  if (owner !== null) return [...here, ...(await askServer(dataDir, owner))];

  here.push(
    ...(await treat([...(await ownerFindings(dataDir, systemClock)), ...(await leftoverFindings(dataDir))], fix)),
  );
  here.push(await portFinding(config), diskFinding(await orNull(diskOf(dataDir), DISK_MS)));
  const stopped = reasonNotToOpen(here) ?? ((await isSetUp(dataDir)) ? undefined : 'Nothing is set up here yet.');
  if (stopped !== undefined) return [...here, { check: 'stores', state: 'skip', says: stopped }];
  const inside = await openAndLook(config, capabilities, fix).catch((error: unknown): Finding[] => [
    { check: 'stores', state: 'fail', says: `The stores could not be looked at: ${inWords(error)}` },
  ]);
  // The disk was looked at from here already.
  return [...here, ...inside.filter((f) => f.check !== 'disk')];
}

/** Opening would end leftover engines and needs a directory that is ours: what nobody asked for is not done. */
function reasonNotToOpen(findings: readonly Treated[]): string | undefined {
  const stops = ['data directory', 'leftover engines', 'node'];
  const found = findings.find((f) => f.state === 'fail' && stops.includes(f.check));
  return found === undefined ? undefined : `The stores were not looked at: first ${found.check} has to be mended.`;
}

async function isSetUp(dir: string): Promise<boolean> {
  return (await stat(join(dir, 'credentials.json')).catch(() => null)) !== null;
}

async function treat(diagnoses: readonly Diagnosis[], fix: boolean): Promise<Treated[]> {
  const treated: Treated[] = [];
  for (const { fix: mendIt, ...finding } of diagnoses) {
    if (!fix || mendIt === undefined) {
      treated.push(finding);
      continue;
    }
    try {
      await mendIt();
      treated.push({ check: finding.check, state: 'ok', says: finding.says, fixed: true });
    } catch (error) {
      treated.push({ ...finding, says: `${finding.says} Mending it failed: ${inWords(error)}` });
    }
  }
  return treated;
}

const SIGNS: Readonly<Record<Finding['state'], string>> = { ok: '✓', warn: '!', fail: '✗', skip: '–' };

function report(findings: readonly Treated[], ok: boolean): string[] {
  const lines = findings.flatMap(({ state, check, says, mend, fixed }) => [
    `${SIGNS[state]} ${check}: ${says}${fixed === true ? ' Mended.' : ''}`,
    ...(mend === undefined ? [] : [`    → ${mend}`]),
  ]);
  const failed = findings.filter((f) => f.state === 'fail').length;
  return [...lines, '', ok ? 'Nothing is wrong.' : `${failed === 1 ? 'One thing is' : `${failed} things are`} wrong.`];
}
