import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openHouse } from '../house/open.ts';
import type { Capability, Command } from '../house/house.ts';
import { readConfig } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { writeDurably } from '../stores/durable.ts';
import { setUp } from '../workspaces/facade.ts';
import { currency, emailAddress, locale, password, shownName, zone } from '../workspaces/checks.ts';
import { KEY_FILE } from './connection.ts';
import { readOptions } from './options.ts';
import { EXIT, UsageError, terminal } from './terminal.ts';

const needed = (what: string) => ({
  error: (issue: { input?: unknown }) => (issue.input === undefined ? what : undefined),
});

const answers = z.object({
  company: z.string(needed('the name of the company is needed')).pipe(shownName),
  email: z.string(needed('the e-mail address of its owner is needed')).pipe(emailAddress),
  password: z.string(needed('the password of its owner is needed')).pipe(password),
  name: shownName.optional(),
  zone: zone.default('UTC'),
  currency: currency.default('EUR'),
  locale: locale.default('en'),
});

export const init = (capabilities: readonly Capability[]): Command => ({
  name: 'init',
  summary: 'Make the first owner and workspace, unattended; prints its keys.',
  usage:
    'init --company NAME --email ADDRESS --password PASSWORD [--name NAME] [--zone ZONE] [--currency CODE] [--locale TAG] [--data DIR] [--json]',
  run: async (args, env) => {
    const { values, flags } = readOptions(args, {
      values: ['company', 'email', 'password', 'name', 'zone', 'currency', 'locale', 'data'],
      flags: ['json'],
    });
    const { data, ...given } = values;
    const checked = answers.safeParse(given);
    if (!checked.success) {
      throw new UsageError(checked.error.issues.map((i) => `--${i.path.join('.')}: ${i.message}`).join('\n'));
    }
    const { company, email, ...others } = checked.data;
    const config = readConfig(env, data === undefined ? {} : { dataDir: data });
    const fresh = await isFresh(config.dataDir);
    try {
      const house = await openHouse(config, {
        capabilities,
        log: silentLog,
        background: false,
        progress: (step) => terminal.say(`${step} …`),
      });
      try {
        const wanted = { ...others, company, email, name: others.name ?? email, withSecretKey: true };
        const made = await setUp(house.house, wanted);
        const keys = { workspaceId: made.workspace.id, writeKey: made.writeKey, secretKey: made.secretKey };
        await writeDurably(join(config.dataDir, KEY_FILE), `${JSON.stringify(keys)}\n`, 0o600);
        if (flags.has('json')) terminal.result(JSON.stringify(keys));
        else terminal.result(Object.entries(keys).map(([name, value]) => `${name}: ${value}`).join('\n')); // prettier-ignore
      } finally {
        await house.stop();
      }
    } catch (error) {
      if (fresh) await rm(config.dataDir, { recursive: true, force: true });
      throw error;
    }
    terminal.say(`${company} is set up. ./touchstone serve --data ${config.dataDir} serves it.`);
    return EXIT.done;
  },
});

/** Whether nothing lies there yet: what failed may then be cleared away. */
async function isFresh(dir: string): Promise<boolean> {
  try {
    return (await readdir(dir)).length === 0;
  } catch {
    return true;
  }
}
