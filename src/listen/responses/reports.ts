import { createHash, randomBytes } from 'node:crypto';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { PERMISSIONS } from '../../platform/kernel/permissions.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { findWorkspace } from '../../platform/workspaces/facade.ts';
import { readAsked } from './asking.ts';
import { insertReport, type ReportRow, selectReport } from './records.ts';
import { resultsOf } from './results.ts';
import type { Report, ReportScope, ReportShown } from './shapes.ts';
import { textsOf } from './texts.ts';
import { HIDDEN_BELOW_PEOPLE, MOST_REPORTS } from './vocabulary.ts';

const TEXTS_SHOWN = 30;
/** Questions whose texts a report shows, at most. */
const TYPED_SHOWN = 20;

export interface ReportWanted extends ReportScope {
  readonly surveyId: string;
  readonly name: string;
  readonly texts: boolean;
  readonly expiresAt?: string | undefined;
}

/** Makes a link. What stands in it is told once; kept is its hash alone. */
export async function makeReport(
  house: House,
  workspace: Workspace,
  wanted: ReportWanted,
): Promise<{ readonly row: ReportRow; readonly url: string }> {
  const { surveyId, name, texts, expiresAt, ...scope } = wanted;
  const now = house.clock.now();
  const ends = expiresAt === undefined ? null : new Date(expiresAt);
  if (ends !== null && ends <= now)
    throw badInput('expiresAt', wanted.expiresAt, 'A link that has expired shows nothing.');
  const token = randomBytes(24).toString('base64url');
  const { from, to, filter, where } = scope;
  const row: ReportRow = {
    id: newId('report', house.clock),
    token: hashed(token),
    workspaceId: workspace.id,
    surveyId,
    name,
    texts,
    scope: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), filter, where },
    expiresAt: ends,
    createdAt: now,
  };
  if (!(await house.records.transaction((tx) => insertReport(tx, row, MOST_REPORTS)))) {
    throw new Problem('conflict', `There are ${MOST_REPORTS} links to these results already.`, {
      mend: 'Take away one that nobody needs.',
    });
  }
  return { row, url: `${house.config.publicUrl}/report/${token}` };
}

export function reportOf({ id, name, texts, expiresAt, createdAt }: ReportRow): Report {
  return { id, name, texts, expiresAt: expiresAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
}

/**
 * What whoever holds a link sees: figures as somebody sees them who may see no single person, and what was typed only where
 * that was chosen. Throws Problem where there is none, it was taken away or has expired: nobody can tell these apart.
 */
export async function showReport(house: House, token: string, words: string): Promise<ReportShown> {
  const row = await selectReport(house.records.db, hashed(token));
  const now = house.clock.now();
  if (row === null || (row.expiresAt !== null && row.expiresAt <= now)) throw notFound('report');
  const workspace = await findWorkspace(house, row.workspaceId);
  if (workspace === null) throw notFound('report');
  // What the link asks was looked at when it was made; what it shows is what anybody may see.
  const asker = { workspace, permissions: new Set(PERMISSIONS) };
  const wanted = { surveyId: row.surveyId, ...row.scope, words };
  const asked = { ...(await readAsked(house, asker, wanted)), seesPeople: false };
  const results = await resultsOf(house, asked);
  const typed = row.texts
    ? results.questions.filter((one) => one.typed && one.answered >= HIDDEN_BELOW_PEOPLE).slice(0, TYPED_SHOWN)
    : [];
  const texts = await Promise.all(
    typed.map(async ({ key }) => {
      const { items } = await textsOf(house, asked, { question: key, search: '', limit: TEXTS_SHOWN }, false);
      return { key, items: items.map(({ text, language }) => ({ text, language })) };
    }),
  );
  return {
    name: row.name,
    company: workspace.name,
    zone: workspace.zone,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    from: row.scope.from ?? null,
    to: row.scope.to ?? null,
    narrowed: row.scope.where !== '' || row.scope.filter !== '',
    results,
    texts,
  };
}

function hashed(token: string): string {
  return createHash('sha256').update(`report ${token}`).digest('hex');
}
