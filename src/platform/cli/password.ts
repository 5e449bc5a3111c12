import { z } from 'zod';
import type { Capability, Command } from '../house/house.ts';
import { openHouse } from '../house/open.ts';
import { readConfig } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { emailAddress, password } from '../workspaces/checks.ts';
import { setPassword } from '../workspaces/facade.ts';
import { readOptions } from './options.ts';
import { EXIT, UsageError, terminal } from './terminal.ts';

const answers = z.object({ email: emailAddress, password });

/** For who forgot theirs: whoever may open the data directory may set it anew. */
export const setPasswordCommand = (capabilities: readonly Capability[]): Command => ({
  name: 'password',
  summary: 'Give an account a new password and sign it out everywhere. Stop the server first.',
  usage: 'password --email ADDRESS --password PASSWORD [--data DIR]',
  run: async (args, env) => {
    const { values } = readOptions(args, { values: ['email', 'password', 'data'] });
    const checked = answers.safeParse({ email: values['email'] ?? '', password: values['password'] ?? '' });
    if (!checked.success) {
      throw new UsageError(checked.error.issues.map((i) => `--${i.path.join('.')}: ${i.message}`).join('\n'));
    }
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    const progress = (step: string): void => terminal.say(`${step} …`);
    const house = await openHouse(config, { capabilities, log: silentLog, background: false, progress });
    try {
      await setPassword(house.house, checked.data.email, checked.data.password);
    } finally {
      await house.stop();
    }
    terminal.say(`${checked.data.email} has a new password.`);
    return EXIT.done;
  },
});
