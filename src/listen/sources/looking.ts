import { createHash } from 'node:crypto';
import type { House } from '../../platform/house/house.ts';
import type { JobContext } from '../../platform/jobs/ports.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { getOutbound, outboundUrl } from '../../platform/kernel/outbound.ts';
import { Problem, type ProblemType } from '../../platform/kernel/problem.ts';
import { readWorkspace } from '../../platform/workspaces/facade.ts';
import { importFile } from '../imports/facade.ts';
import { filesAt, folderOf } from './folder.ts';
import { deleteSource, selectAnySource, type SourceRow, updateSource } from './records.ts';
import { nextTime } from './schedule.ts';
import { sealedPlace, sealedShape } from './sealed.ts';
import type { SeenFiles } from './vocabulary.ts';

const TIMEOUT_MS = 30 * 60_000;
/** For an answer to begin, and for each silence in it. */
const IDLE_MS = 60_000;
const MOST_REDIRECTS = 5;

/** A file as a source offers it now. */
interface Offered {
  /** What it is remembered by. */
  readonly key: string;
  readonly fileName: string;
  readonly tag: string | undefined;
  readonly since?: string | undefined;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What a look has come to so far. */
interface Look {
  seen: SeenFiles;
  importId: string | null;
  /** Of files that could not be loaded, by their names. */
  readonly problems: Map<string, string>;
}

/**
 * Looks at a source, and imports what is new there. How it went is written at the source: a failure is told of there and
 * tried again at its next time. A file counts as seen once its import has been started; one that cannot be loaded keeps no
 * other from being, and is not read again until it changes. A look that is told to leave goes on as soon as it can.
 */
export async function lookAt(house: House, sourceId: string, context: JobContext): Promise<void> {
  const { db } = house.records;
  const source = await selectAnySource(db, sourceId);
  if (source === null) return;
  const now = house.clock.now();
  const save = (change: Parameters<typeof updateSource>[3]) => updateSource(db, source.workspaceId, source.id, change);
  const workspace = await readWorkspace(house, source.workspaceId);
  if (workspace === null) {
    // Its workspace is closed: it would be due for ever, and keep its secret.
    await deleteSource(db, source.workspaceId, source.id);
    return;
  }
  await save({ nextRunAt: nextTime(source, now, workspace.zone) });
  const look: Look = { seen: source.seen, importId: null, problems: new Map() };
  const { signal } = context;
  let failure: string | null = null;
  try {
    const offers = source.place === 'url' ? fromUrl(house, source, signal) : fromFolder(house, source, look);
    for await (const offered of offers) {
      await takeOne(house, workspace, source, look, offered, context);
      await save({ seen: look.seen, ...(look.importId === null ? {} : { lastImportId: look.importId }) });
      if (signal.aborted) break;
    }
    failure = toldOf(look.problems);
  } catch (error) {
    if (!signal.aborted) failure = wordsOf(error, source, context);
  }
  if (signal.aborted) {
    await save({ nextRunAt: now });
    return;
  }
  const lastState = failure !== null ? 'failed' : look.importId === null ? 'unchanged' : 'loaded';
  await save({ seen: look.seen, lastRunAt: now, lastState, lastProblem: failure });
}

function wordsOf(error: unknown, source: SourceRow, context: JobContext): string {
  if (error instanceof Problem) return [error.detail, error.details.mend].filter((w) => w !== undefined).join(' ');
  context.log.error(
    { error: error instanceof Error ? error : String(error), source: source.id },
    'a source could not be looked at',
  );
  return "It could not be read. The server's log says why.";
}

function toldOf(problems: ReadonlyMap<string, string>): string | null {
  const [first] = problems;
  if (first === undefined) return null;
  const more = problems.size - 1;
  return `${first[0]}: ${first[1]}${more === 0 ? '' : ` So with ${more} other ${more === 1 ? 'file' : 'files'}.`}`;
}

/** What is wrong with the file itself, and will be until it changes. */
const FAULTS_OF_FILE: ReadonlySet<string> = new Set<ProblemType>(['bad-input', 'too-large', 'unsupported']);

async function takeOne(
  house: House,
  workspace: Workspace,
  source: SourceRow,
  look: Look,
  offered: Offered,
  context: JobContext,
): Promise<void> {
  try {
    const { importId, known } = await take(house, workspace, source, look.seen[offered.key], offered);
    look.importId = importId ?? look.importId;
    look.seen = { ...look.seen, [offered.key]: known };
  } catch (error) {
    if (source.place === 'url' || context.signal.aborted) throw error;
    const problem = wordsOf(error, source, context);
    look.problems.set(offered.key, problem);
    if (!(error instanceof Problem) || !FAULTS_OF_FILE.has(error.type)) return;
    look.seen = { ...look.seen, [offered.key]: { ...look.seen[offered.key], tag: offered.tag, problem } };
  }
}

/** Files that were not seen as they are; the others' problems are told again, and what is gone is forgotten. */
async function* fromFolder(house: House, source: SourceRow, look: Look): AsyncGenerator<Offered> {
  const root = house.config.importFolder;
  if (root === undefined) {
    throw new Problem('bad-input', 'The server has no folder to import from.', {
      mend: 'Whoever runs it can name one: IMPORT_FOLDER.',
      code: 'no-import-folder',
    });
  }
  const found = await filesAt(folderOf(root, source.workspaceId), source.shown);
  const there = new Set(found.names);
  look.seen = Object.fromEntries(Object.entries(look.seen).filter(([name]) => there.has(name)));
  for await (const file of found.files()) {
    const before = look.seen[file.name];
    if (before?.tag === file.tag) {
      if (before.problem !== undefined) look.problems.set(file.name, before.problem);
      continue;
    }
    const fileName = file.name.split('/').at(-1) ?? file.name;
    yield { key: file.name, fileName, tag: file.tag, bytes: file.bytes() };
  }
}

async function* fromUrl(house: House, source: SourceRow, signal: AbortSignal): AsyncGenerator<Offered> {
  const { url: text, authorization } = sealedShape.parse(
    JSON.parse(house.vault.open(source.sealed ?? '', sealedPlace(source.id))),
  );
  const url = outboundUrl(text);
  const { tag, since } = source.seen['url'] ?? {};
  const answer = await getOutbound(
    url,
    {
      ...(authorization === undefined ? {} : { authorization }),
      ...(tag === undefined ? {} : { 'if-none-match': tag }),
      ...(tag !== undefined || since === undefined ? {} : { 'if-modified-since': since }),
    },
    {
      allowed: house.config.importAllowAddresses,
      timeoutMs: TIMEOUT_MS,
      idleMs: IDLE_MS,
      maxRedirects: MOST_REDIRECTS,
      signal,
    },
  );
  try {
    if (answer.status === 304) return;
    if (answer.status !== 200) {
      throw new Problem('unavailable', `${url.host} answered ${answer.status}.`, { code: 'address-unanswered' });
    }
    const fileName = decodedName(url) || url.hostname;
    yield {
      key: 'url',
      fileName,
      tag: answer.header('etag'),
      since: answer.header('last-modified'),
      bytes: answer.body,
    };
  } finally {
    answer.release();
  }
}

function decodedName(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last)
      .replace(/[\p{Cc}/\\]/gu, '')
      .slice(0, 200);
  } catch {
    return last.slice(0, 200);
  }
}

async function take(
  house: House,
  workspace: Workspace,
  source: SourceRow,
  before: SeenFiles[string] | undefined,
  offered: Offered,
): Promise<{ readonly known: SeenFiles[string]; readonly importId: string | null }> {
  const sha = createHash('sha256');
  let hash = '';
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const bytes of offered.bytes) {
      sha.update(bytes);
      yield bytes;
    }
    hash = sha.digest('hex');
  }
  const importId = await importFile(house, workspace, {
    fileName: offered.fileName,
    bytes: hashed(),
    part: source.part ?? undefined,
    kind: source.kind,
    mapping: source.mapping ?? undefined,
    wanted: () => before?.hash !== hash,
    createdBy: source.id,
  });
  const { tag, since } = offered;
  return { known: { tag, since, hash, importId: importId ?? before?.importId }, importId };
}
