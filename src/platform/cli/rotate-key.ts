import type { Capability, Command } from '../house/house.ts';
import { openHouse } from '../house/open.ts';
import { readConfig } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { rotateKeys } from '../vault/keys.ts';
import { readOptions } from './options.ts';
import { EXIT, terminal } from './terminal.ts';
import { counted } from '../kernel/words.ts';

/** A new key for secrets at rest; everything is sealed anew before the old one is forgotten. */
export const rotateKeyCommand = (capabilities: readonly Capability[]): Command => ({
  name: 'rotate-key',
  summary:
    'Seal all stored secrets with a new key, or with the first value of TOUCHSTONE_SECRET. Stop the server first.',
  usage: 'rotate-key [--data DIR]',
  run: async (args, env) => {
    const { values } = readOptions(args, { values: ['data'] });
    const config = readConfig(env, values['data'] === undefined ? {} : { dataDir: values['data'] });
    const progress = (step: string): void => terminal.say(`${step} …`);
    const opened = await openHouse(config, { capabilities, log: silentLog, background: false, progress });
    try {
      const { vault, settle } = await rotateKeys(opened.house.config);
      let sealed = 0;
      for (const { plugged } of opened.living) sealed += (await plugged.reseal?.(vault)) ?? 0;
      await settle();
      terminal.say(`${counted(sealed, 'secret is', 'secrets are')} sealed with the new key; the old one is forgotten.`);
    } finally {
      await opened.stop();
    }
    return EXIT.done;
  },
});
