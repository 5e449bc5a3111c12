import type { Capability } from '../house/house.ts';
import { operationsContract } from './contract.ts';
import { operationsHandlers } from './handlers.ts';
import { operationsRoutes } from './routes.ts';
import { operationsTeller } from './telling.ts';
import { directoryToken } from './token.ts';
import type { Tracing } from './tracing.ts';
import { watchersOf } from './watchers.ts';

/** How the house fares, told to machines, owners and whoever sits at the terminal. */
export const operations: Capability = {
  name: 'platform/operations',
  key: 'operations',
  contract: operationsContract,
  plug: (house) => {
    const watchers = watchersOf(house);
    const token = directoryToken(house.config.dataDir);
    let tracing: Tracing | undefined;
    return {
      handlers: operationsHandlers(house, watchers),
      routes: operationsRoutes(house, watchers, token),
      tells: operationsTeller(house),
      start: async () => {
        watchers.meters.start();
        if (house.background) await token.make();
        if (house.config.otlpEndpoint === undefined) return;
        // Loaded only where somebody wants traces.
        const { openTracing } = await import('./tracing.ts');
        tracing = openTracing(house.config.otlpEndpoint);
        house.watch.add(tracing.watcher);
      },
      stop: async () => {
        watchers.meters.stop();
        await token.remove();
        await tracing?.close();
      },
    };
  },
};
