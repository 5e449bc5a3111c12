import { z } from 'zod';
import { ask, sending } from '../cli/asking.ts';
import { readOptions } from '../cli/options.ts';
import { EXIT, terminal, UsageError } from '../cli/terminal.ts';
import type { Command } from '../house/house.ts';
import { type KeptKind, keptKind, retentionPreview, type RetentionPreview } from './contract.ts';
import { counted } from '../kernel/words.ts';

const listing = z.object({ items: z.array(keptKind) });

/** Says how long what is kept; with a kind and days, what that would remove; with --yes, makes it so. */
export const retentionCommand: Command = {
  name: 'retention',
  summary: 'How long events, answers, orders and the rest are kept; change it.',
  usage: 'retention [KIND DAYS|forever [--yes]] [--data DIR] [--json]',
  run: async (args, _env, connect) => {
    const { values, flags, words } = readOptions(args, { values: ['data'], flags: ['json', 'yes'], words: 2 });
    const [kind, said] = words;
    const wanted = said === undefined ? undefined : daysOf(said);
    if (kind !== undefined && wanted === undefined) throw new UsageError(`Say for how many days ${kind} are kept`);
    const connection = await connect(values['data'] === undefined ? {} : { dataDir: values['data'] });
    const say = (answer: unknown, lines: readonly string[]): void => {
      if (flags.has('json')) terminal.result(JSON.stringify(answer));
      else for (const line of lines) terminal.result(line);
    };
    try {
      if (kind === undefined || wanted === undefined) {
        const { items } = await ask(connection, listing, '/api/v1/retention');
        say(items, items.map(lineOf));
        return EXIT.done;
      }
      const path = `/api/v1/retention/${encodeURIComponent(kind)}` as const;
      const query = wanted === 'forever' ? '' : `?days=${wanted}`;
      const told = await ask(connection, retentionPreview, `${path}/preview${query}`);
      if (!flags.has('yes')) {
        say(told, [previewOf(told), 'Nothing was changed. Say the same with --yes to have it so.']);
        return EXIT.failed;
      }
      const wish = sending('PUT', { days: told.days, confirm: told.shortens });
      const changed = await ask(connection, keptKind, path, wish);
      say(changed, [lineOf(changed)]);
      return EXIT.done;
    } finally {
      await connection.close();
    }
  },
};

function daysOf(said: string): number | 'forever' {
  if (said === 'forever') return 'forever';
  if (!/^[1-9]\d{0,4}$/.test(said)) throw new UsageError(`${said} is neither a number of days nor forever`);
  return Number(said);
}

const inWords = (days: number | null): string => (days === null ? 'for ever' : counted(days, 'day'));

/** One kind, for a terminal. */
export function lineOf({ kind, days, coming, run }: KeptKind): string {
  const then = coming === null ? '' : `, from ${coming.from} on ${inWords(coming.days)}`;
  const before = run?.before?.slice(0, 10) ?? '';
  const last = run === null || run.removed === 0 ? '' : `; removed last: ${run.removed} from before ${before}`;
  return `${kind}: ${inWords(days)}${then}${last}`;
}

/** What a limit would remove, for a terminal. */
export function previewOf({ kind, days, shortens, rows, before, oldest, from }: RetentionPreview): string {
  if (!shortens)
    return `${kind}: this would keep them ${days === null ? 'for ever' : `for ${counted(days, 'day')}`}, at once.`;
  const since = oldest === null ? '' : `, the oldest of ${oldest.slice(0, 10)}`;
  return `${kind}: this would remove ${rows} from before ${before?.slice(0, 10) ?? ''}${since}; not before ${from}.`;
}
