import { createHash } from 'node:crypto';
import type { House } from '../../platform/house/house.ts';
import type { JobContext } from '../../platform/jobs/ports.ts';
import { getOutbound, outboundUrl } from '../../platform/kernel/outbound.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { findWorkspace } from '../../platform/workspaces/facade.ts';
import { importFile } from '../imports/facade.ts';
import { filesAt, folderOf } from './folder.ts';
import { selectAnySource, type SourceRow, updateSource } from './records.ts';
import { sealedPlace, sealedShape } from './sealed.ts';
import type { SeenFiles } from './vocabulary.ts';

const HOUR_MS = 3_600_000;
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

/**
 * Looks at a source, and imports what is new there. How it went is written at the source: a failure is told of there and
 * tried again at its next time. A file counts as seen once its import has been started.
 */
export async function lookAt(house: House, sourceId: string, context: JobContext): Promise<void> {
  const { db } = house.records;
  const source = await selectAnySource(db, sourceId);
  if (source === null) return;
  const now = house.clock.now();
  await updateSource(db, source.workspaceId, source.id, {
    nextRunAt: new Date(now.getTime() + source.everyHours * HOUR_MS),
  });
  const save = (change: Parameters<typeof updateSource>[3]) =>
    updateSource(db, source.workspaceId, source.id, { lastRunAt: now, ...change });
  let seen = source.seen;
  let importId: string | null = null;
  try {
    for await (const offered of offers(house, source, context)) {
      const loaded = await take(house, source, seen, offered);
      seen = loaded.seen;
      importId = loaded.importId ?? importId;
      await save({ seen, ...(importId === null ? {} : { lastImportId: importId }) });
      if (context.signal.aborted) break;
    }
    await save({ lastState: importId === null ? 'unchanged' : 'loaded', lastProblem: null });
  } catch (error) {
    const told = error instanceof Problem;
    if (!told)
      context.log.error(
        { error: error instanceof Error ? error : String(error), source: source.id },
        'a source could not be looked at',
      );
    const words = told ? [error.detail, error.details.mend].filter((w) => w !== undefined).join(' ') : undefined;
    await save({ lastState: 'failed', lastProblem: words ?? "It could not be read. The server's log says why." });
  }
}

function offers(house: House, source: SourceRow, context: JobContext): AsyncGenerator<Offered> {
  return source.place === 'url' ? fromUrl(house, source, context.signal) : fromFolder(house, source);
}

async function* fromFolder(house: House, source: SourceRow): AsyncGenerator<Offered> {
  const root = house.config.importFolder;
  if (root === undefined) {
    throw new Problem('bad-input', 'The server has no folder to import from.', {
      mend: 'Whoever runs it can name one: IMPORT_FOLDER.',
      code: 'no-import-folder',
    });
  }
  for (const file of await filesAt(folderOf(root, source.workspaceId), source.shown)) {
    if (source.seen[file.name]?.tag === file.tag) continue;
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
  source: SourceRow,
  seen: SeenFiles,
  offered: Offered,
): Promise<{ readonly seen: SeenFiles; readonly importId: string | null }> {
  const workspace = await findWorkspace(house, source.workspaceId);
  if (workspace === null) throw new Problem('not-found', 'The workspace of this source is gone.');
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
    wanted: () => seen[offered.key]?.hash !== hash,
    createdBy: source.id,
  });
  const { tag, since } = offered;
  const known = { hash, ...(tag === undefined ? {} : { tag }), ...(since === undefined ? {} : { since }) };
  return { seen: { ...seen, [offered.key]: known }, importId };
}
