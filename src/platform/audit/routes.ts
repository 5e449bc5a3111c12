import { download } from '../files/serving.ts';
import type { House, Route } from '../house/house.ts';
import { badInput } from '../kernel/problem.ts';
import { bookOf } from './book.ts';
import { auditFilter, type AuditEntry, type AuditFilter } from './contract.ts';
import { entryView } from './handlers.ts';
import { entriesOf, type Place } from './records.ts';

const PAGE = 1_000;
const TITLES = ['at', 'kind', 'operation', 'object_kind', 'object_id', 'fields', 'changes', 'by_kind', 'by_id', 'by_name', 'address', 'request_id', 'times', 'id']; // prettier-ignore

/** The whole log as a file, in flat memory: the next page is read when the last was taken. */
export function auditRoutes(house: House): Route[] {
  const route = (format: 'ndjson' | 'csv'): Route => ({
    method: 'GET',
    path: `/api/v1/audit/entries.${format}`,
    permission: 'audit:read',
    audit: { look: 'audit log' },
    rateLimit: { perMinute: 30, by: 'caller' },
    handle: async (request, { workspace }) => {
      const filter = filterOf(new URL(request.url));
      await bookOf(house).flush();
      const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
      return download(`audit.${format}`, type, texts(house, workspace.id, filter, format));
    },
  });
  return [route('ndjson'), route('csv')];
}

function filterOf(url: URL): AuditFilter {
  const { workspace: _, ...given } = Object.fromEntries(url.searchParams);
  const parsed = auditFilter.strict().safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badInput(issue?.path.join('.') ?? '', undefined, issue?.message ?? 'This is no filter of the audit log.');
}

async function* texts(house: House, workspaceId: string, filter: AuditFilter, format: 'ndjson' | 'csv') {
  const line = format === 'csv' ? csvLine : (entry: AuditEntry) => `${JSON.stringify(entry)}\n`;
  if (format === 'csv') yield `${TITLES.join(',')}\r\n`;
  let place: Place | null = null;
  for (;;) {
    const rows: Awaited<ReturnType<typeof entriesOf>> = await entriesOf(house.records.db, workspaceId, filter, place, PAGE); // prettier-ignore
    if (rows.length > 0) yield rows.map((row) => line(entryView(row))).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    place = { at: last.at, id: last.id };
  }
}

function csvLine(e: AuditEntry): string {
  const changes = e.changes.map((c) => `${c.field}: ${c.before ?? ''} > ${c.after ?? ''}`).join('; ');
  const { object, by } = e;
  const texts = [e.at, e.kind, e.operation, object.kind, object.id, e.fields.join(' '), changes, by.kind, by.id, by.name, e.address, e.requestId]; // prettier-ignore
  return `${[...texts.map(cell), String(e.times), cell(e.id)].join(',')}\r\n`;
}

/** Quoted where it has to be, and harmless where a spreadsheet would take it for a formula. */
function cell(text: string): string {
  const harmless = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
