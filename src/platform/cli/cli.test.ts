import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Command } from '../house/house.ts';
import { Problem } from '../kernel/problem.ts';
import { saidBy } from './asking.ts';
import { exportCommand } from './exporting.ts';
import { portOf, readOptions, rolesOf } from './options.ts';
import { runCommand } from './run.ts';
import { UsageError } from './terminal.ts';

const commands: readonly Command[] = [
  { name: 'count', summary: 'Counts.', usage: 'count [--to N]', run: async (args) => args.length },
  {
    name: 'fail',
    summary: 'Fails.',
    usage: 'fail [--how WAY]',
    run: async ([how]) => {
      if (how === 'usage') throw new UsageError('--how: no such way');
      if (how === 'problem') throw new Problem('conflict', 'It is taken.', { mend: 'Take another.' });
      throw new Error('It broke.');
    },
  },
];

async function run(...argv: string[]): Promise<{ code: number; results: string; said: string }> {
  const results: string[] = [];
  const said: string[] = [];
  const to = { result: (line: string) => void results.push(line), say: (line: string) => void said.push(line) };
  const code = await runCommand(commands, [], argv, {}, to);
  return { code, results: results.join('\n'), said: said.join('\n') };
}

test('[LA5] help lists every command, and one command tells its usage', async () => {
  for (const argv of [[], ['help'], ['--help']]) {
    const { code, results } = await run(...argv);
    expect(code).toBe(0);
    for (const command of commands) expect(results).toContain(`./touchstone ${command.usage}`);
  }
  for (const asked of ['--help', '-h', 'help'])
    expect(await run('count', asked)).toMatchObject({ code: 0, results: 'Counts.\n\n  ./touchstone count [--to N]' });
});

test('[LA5] unknown commands and options, and failures, are said and coded', async () => {
  expect(await run('dance')).toMatchObject({ code: 2, said: expect.stringContaining('no command dance') });
  expect(await run('fail', 'usage')).toMatchObject({ code: 2, said: expect.stringContaining('--how: no such way') });
  expect(await run('fail', 'problem')).toMatchObject({ code: 1, said: 'It is taken. Take another.' });
  expect(await run('fail', 'else')).toMatchObject({ code: 1, said: 'It broke.', results: '' });
  expect(await run('count', 'a', 'b')).toMatchObject({ code: 2, said: '' });
});

test('[LA5] what a server refuses is said in its words, with the field and the mend', async () => {
  const refused = Response.json({ detail: 'It is no state.', field: 'status', mend: 'Say open.' }, { status: 400 });
  expect(await saidBy(refused, 'http://here')).toBe('status: It is no state. Say open.');
  const named = Response.json({ detail: 'name: Too small.', field: 'name' }, { status: 400 });
  expect(await saidBy(named, 'http://here')).toBe('name: Too small.');
  expect(await saidBy(new Response('<html>', { status: 502 }), 'http://here')).toBe('http://here answered 502.');
});

test('[LA5] options are read as written, and nothing else', () => {
  const spec = { values: ['data'], flags: ['json'], words: 1 };
  const read = readOptions(['FILE', '--data=here', '--json'], spec);
  expect(read).toEqual({ values: { data: 'here' }, flags: new Set(['json']), words: ['FILE'] });
  for (const args of [['--dat', 'x'], ['--data'], ['a', 'b'], ['--json=yes']]) {
    expect(() => readOptions(args, spec), args.join(' ')).toThrow(UsageError);
  }
  expect(portOf('8080')).toBe(8080);
  for (const text of ['x', '-1', '65536', '1.5', '']) expect(() => portOf(text), text).toThrow(UsageError);
});

test('[LA11] roles are named, and nothing else', () => {
  expect(rolesOf(undefined)).toBeUndefined();
  expect(rolesOf('web, worker')).toEqual(new Set(['web', 'worker']));
  for (const text of ['', 'cook', 'web,', 'web worker']) expect(() => rolesOf(text), text).toThrow(UsageError);
});

test('[LA12] an export takes the place of a plain file alone, and leaves all else beside it as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-export-'));
  const at = (name: string): string => join(folder, name);
  const request = async (): Promise<Response> => new Response('new');
  const exported = (out: string) =>
    exportCommand({ people: '/api/v1/people' }).run(['people', '--format', 'csv', '--out', out], {}, async () => ({
      to: 'here',
      request,
      close: async () => undefined,
    }));
  try {
    await mkdir(at('folder'));
    for (const name of ['k.csv', 'k.csv.part']) await writeFile(at(name), 'old');
    await symlink(at('k.csv'), at('link.csv'));
    await expect(exported(at('folder'))).rejects.toThrow('is a folder; name a file in it');
    await expect(exported(at('none/k.csv'))).rejects.toThrow(`--out: there is no folder ${at('none')}`);
    for (const out of [at('link.csv'), '/dev/null']) await expect(exported(out)).rejects.toThrow('is no plain file');
    expect((await lstat(at('link.csv'))).isSymbolicLink()).toBe(true);
    expect(await readFile(at('k.csv'), 'utf8')).toBe('old');
    await exported(at('k.csv'));
    expect([await readFile(at('k.csv'), 'utf8'), await readFile(at('k.csv.part'), 'utf8')]).toEqual(['new', 'old']);
    expect((await readdir(folder)).toSorted()).toEqual(['folder', 'k.csv', 'k.csv.part', 'link.csv']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
