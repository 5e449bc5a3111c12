import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Capability, Command } from '../house/house.ts';
import { openHouse } from '../house/open.ts';
import { readConfig } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { emailAddress, password } from '../workspaces/checks.ts';
import { setPassword } from '../workspaces/facade.ts';
import { readOptions } from './options.ts';
import { EXIT, UsageError, terminal } from './terminal.ts';

const answers = z.object({ email: emailAddress, password: password.optional() });

/** For who forgot theirs: whoever may open the data directory may set it anew. */
export const setPasswordCommand = (capabilities: readonly Capability[]): Command => ({
  name: 'password',
  summary:
    'Give an account a new password, a fresh one unless said, and sign it out everywhere. Stop the server first.',
  usage: 'password --email ADDRESS [--password PASSWORD] [--drop-second-factor] [--data DIR]',
  run: async (args, env) => {
    const { values, flags } = readOptions(args, {
      values: ['email', 'password', 'data'],
      flags: ['drop-second-factor'],
    });
    const checked = answers.safeParse({ email: values['email'] ?? '', password: values['password'] });
    if (!checked.success) {
      throw new UsageError(checked.error.issues.map((i) => `--${i.path.join('.')}: ${i.message}`).join('\n'));
    }
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    const progress = (step: string): void => terminal.say(`${step} …`);
    const house = await openHouse(config, { capabilities, log: silentLog, background: false, progress });
    const { email, password: chosen = randomBytes(15).toString('base64url') } = checked.data;
    try {
      await setPassword(house.house, email, chosen, { dropSecondFactor: flags.has('drop-second-factor') });
    } finally {
      await house.stop();
    }
    if (checked.data.password === undefined) terminal.result(chosen);
    terminal.say(`${email} has a new password.`);
    return EXIT.done;
  },
});
