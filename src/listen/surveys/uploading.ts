import type { ShownQuestion, Step } from '@touchstone/domain/survey';
import type { Kept } from '@touchstone/sdk/survey';
import { FILE_KINDS, HEAD_BYTES, kindOf } from '../../platform/files/kinds.ts';
import type { House } from '../../platform/house/house.ts';
import { newId } from '../../platform/kernel/ids.ts';
import type { SentFile } from './forms.ts';
import { deleteFiles, insertFile, selectUnnamed } from './records/files.ts';
import type { ResponseRow } from './records/responses.ts';
import { FILES } from './vocabulary.ts';

type Lent = Pick<House, 'files' | 'records' | 'clock'>;

/**
 * Puts away what respondents send, and says what of it is kept: what a file is is read from its first bytes. One that its
 * question does not take is named without an id, so that the survey tells of it, and nothing of it is kept.
 */
export async function putAway(
  house: Lent,
  row: ResponseRow,
  step: Step,
  sent: ReadonlyMap<string, readonly SentFile[]>,
): Promise<ReadonlyMap<string, readonly Kept[]>> {
  const kept = new Map<string, Kept[]>();
  for (const shown of step.questions) {
    const name = `q.${shown.key}`;
    const files = sent.get(name) ?? [];
    if (files.length === 0) continue;
    const all: Kept[] = [];
    for (const file of files) all.push(await put(house, row, shown, file, all.length));
    kept.set(name, all);
  }
  return kept;
}

async function put(house: Lent, row: ResponseRow, shown: ShownQuestion, file: SentFile, before: number): Promise<Kept> {
  const { question } = shown;
  const { bytes: content } = file;
  const name = file.name.replace(/\p{Cc}/gu, '').slice(-FILES.nameLetters) || 'file';
  const bytes = content.byteLength;
  const kind = kindOf(content.subarray(0, HEAD_BYTES));
  const type = kind === null ? '' : (FILE_KINDS[kind].type.split(';')[0] ?? '');
  const refused: Kept = { id: '', name, bytes, type };
  if (question.kind !== 'file' || kind === null || !FILES.kinds.includes(kind) || bytes === 0) return refused;
  if (bytes > (question.maxBytes ?? FILES.usualBytes) || before >= (question.most ?? 1)) return refused;
  if (question.accept?.some((wanted) => isOf(type, wanted)) === false) return refused;
  const id = newId('surveyFile', house.clock);
  const { workspaceId, surveyId, token } = row;
  // Known before it is there: what a crash leaves is found again.
  await insertFile(house.records.db, {
    id,
    workspaceId,
    surveyId,
    token,
    name,
    type,
    bytes,
    createdAt: house.clock.now(),
  });
  await house.files.put(placeOf({ id, surveyId }), Buffer.from(content));
  return { id, name, bytes, type };
}

function isOf(type: string, wanted: string): boolean {
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/** Where a file lies. */
export function placeOf({ id, surveyId }: { readonly id: string; readonly surveyId: string }): string {
  return `surveys/${surveyId}/${id}`;
}

export async function removeFiles(
  house: Pick<House, 'files' | 'records'>,
  files: readonly { readonly id: string; readonly surveyId: string }[],
): Promise<void> {
  for (const file of files) await house.files.remove(placeOf(file));
  await deleteFiles(
    house.records.db,
    files.map(({ id }) => id),
  );
}

/** Removes what was sent more than a day ago and is no answer of any response. */
export async function sweepFiles(house: Lent, signal: AbortSignal): Promise<void> {
  const before = new Date(house.clock.now().getTime() - 86_400_000);
  for (;;) {
    const left = await selectUnnamed(house.records.db, before, FILES.sweptAtOnce);
    await removeFiles(house, left);
    if (signal.aborted || left.length < FILES.sweptAtOnce) return;
  }
}
