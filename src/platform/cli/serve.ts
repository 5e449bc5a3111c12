import { fileURLToPath } from 'node:url';
import { openHouse, type OpenedHouse } from '../house/open.ts';
import { answering } from '../house/roles.ts';
import type { Capability, Command } from '../house/house.ts';
import { systemClock } from '../kernel/clock.ts';
import { readConfig, type Config } from '../kernel/config.ts';
import { bundled } from '../kernel/entry.ts';
import { giveBackWhenIdle } from '../kernel/give-back.ts';
import { buildApp } from '../server/app.ts';
import { checkPort, listen, type Listening } from '../server/listen.ts';
import { loadWebApp } from '../server/web-app.ts';
import { DataDirOwned, ownerOf } from '../stores/data-dir.ts';
import { portOf, readOptions, rolesOf } from './options.ts';
import { EXIT, terminal } from './terminal.ts';

/** Requests under way have this long to finish when the server stops. */
const GRACE_MS = 10_000;

const WEB_FOLDER = fileURLToPath(new URL(bundled ? '../web' : '../../../dist/web', import.meta.url));

export const serve = (capabilities: readonly Capability[]): Command => ({
  name: 'serve',
  summary: 'Serve the app and its API until it is told to stop.',
  usage: 'serve [--data DIR] [--port N] [--host ADDRESS] [--roles web,ingest,worker]',
  run: async (args, env) => {
    const { values } = readOptions(args, { values: ['data', 'port', 'host', 'roles'] });
    const roles = rolesOf(values['roles']);
    const port = portOf(values['port']);
    const config = readConfig(env, {
      ...(values['data'] === undefined ? {} : { dataDir: values['data'] }),
      ...(values['host'] === undefined ? {} : { host: values['host'] }),
      ...(port === undefined ? {} : { port }),
      ...(roles === undefined ? {} : { roles }),
    });
    await refuseEarly(config);
    const stopped = signalled();
    const house = await openHouse(config, { capabilities, progress: (step) => terminal.say(`${step} …`) });
    const listening = await open(house, config).catch(async (error: unknown) => {
      await house.stop();
      throw error;
    });
    terminal.say(`Touchstone is ready: open ${config.publicUrl}`);
    house.house.log.info({ port: listening.port }, 'ready');
    giveBackWhenIdle();
    await stopped;
    terminal.say('Stopping: what is under way is finished first …');
    await listening.close(GRACE_MS);
    await house.stop();
    terminal.say('Stopped.');
    return EXIT.done;
  },
});

async function open(opened: OpenedHouse, config: Config): Promise<Listening> {
  await opened.start();
  const web = config.roles.has('web') ? loadWebApp(WEB_FOLDER) : undefined;
  if (web === undefined && config.roles.has('web'))
    terminal.say('The pages are not built: only the API answers. Run npm run build.');
  const app = buildApp({
    house: opened.house,
    living: answering(opened.living, config.roles),
    ...(web === undefined ? {} : { web }),
  });
  return listen(app, config.host, config.port);
}

/** What would fail at the end is said at once: a directory in use, a taken port. */
async function refuseEarly(config: Config): Promise<void> {
  const owner = await ownerOf(config.dataDir, systemClock);
  if (owner !== null) throw new DataDirOwned(config.dataDir, owner);
  await checkPort(config.host, config.port);
}

/** Resolves at the first SIGTERM or SIGINT; the second ends the process where it stands. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const hear = (): void => {
      if (told) process.exit(EXIT.failed);
      told = true;
      resolve();
    };
    process.on('SIGTERM', hear);
    process.on('SIGINT', hear);
  });
}
