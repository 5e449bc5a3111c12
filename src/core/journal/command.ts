import { z } from 'zod';
import { ask } from '../../platform/cli/asking.ts';
import { readOptions } from '../../platform/cli/options.ts';
import { EXIT, terminal } from '../../platform/cli/terminal.ts';
import type { Command, Connection } from '../../platform/house/house.ts';
import { type AsideBatch, asideBatch, journalStatus } from './contract.ts';
import { counted } from '../../platform/kernel/words.ts';

const page = z.object({ items: z.array(asideBatch), nextCursor: z.string().nullable() });

/** Says what waits, what was refused and what was set aside, and tries that again. */
export const journalCommand: Command = {
  name: 'journal',
  summary: 'What arrived and is not yet among the facts; try again what was set aside.',
  usage: 'journal [--retry BATCH|all] [--data DIR] [--json]',
  run: async (args, _env, connect) => {
    const { values, flags } = readOptions(args, { values: ['retry', 'data'], flags: ['json'] });
    const connection = await connect(values['data'] === undefined ? {} : { dataDir: values['data'] });
    try {
      const { retry } = values;
      const before = await listAside(connection);
      const ids = retry === undefined ? [] : retry === 'all' ? before.map((b) => b.id) : [retry];
      for (const id of ids)
        await ask(connection, z.unknown(), `/api/v1/journal/set-aside/${encodeURIComponent(id)}/retry`, {
          method: 'POST',
        });
      const status = await ask(connection, journalStatus, '/api/v1/journal');
      const setAside = ids.length === 0 ? before : await listAside(connection);
      if (flags.has('json')) terminal.result(JSON.stringify({ ...status, retried: ids, setAside }));
      else for (const line of inWords(status, ids.length, setAside)) terminal.result(line);
      return EXIT.done;
    } finally {
      await connection.close();
    }
  },
};

async function listAside(connection: Connection): Promise<AsideBatch[]> {
  const all: AsideBatch[] = [];
  let query = '?limit=200';
  for (;;) {
    const { items, nextCursor } = await ask(connection, page, `/api/v1/journal/set-aside${query}`);
    all.push(...items);
    if (nextCursor === null) return all;
    query = `?limit=200&cursor=${encodeURIComponent(nextCursor)}`;
  }
}

/** Lines for a terminal. */
export function inWords(
  status: z.infer<typeof journalStatus>,
  retried: number,
  setAside: readonly AsideBatch[],
): string[] {
  const since = status.oldestWaitingAt === null ? '' : `, the oldest since ${status.oldestWaitingAt}`;
  const letGo = status.rejectedLetGo === 0 ? '' : `, ${status.rejectedLetGo} let go for newer ones`;
  return [
    `${counted(status.waitingMessages, 'message waits', 'messages wait')} (${counted(status.waitingBytes, 'byte')}${since}).`,
    `${counted(status.rejectedMessages, 'was', 'were')} refused or taken in part${letGo}.`,
    ...(retried === 0 ? [] : [`${counted(retried, 'batch is', 'batches are')} tried again.`]),
    ...(setAside.length === 0 ? ['Nothing is set aside.'] : ['Set aside:']),
    ...setAside.map(
      ({ id, since: at, messages, steps, reason }) =>
        `  ${id}  since ${at}  ${counted(messages, 'message')}  ${steps.join(', ')}\n      ${reason}`,
    ),
  ];
}
