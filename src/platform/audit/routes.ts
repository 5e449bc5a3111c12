import type { Table } from '../files/tables/table.ts';
import { exportRoutes, inPages } from '../house/exporting.ts';
import type { House, Route } from '../house/house.ts';
import type { Workspace } from '../kernel/context.ts';
import { bookOf } from './book.ts';
import { type AuditEntry, type AuditFilter, auditFilter } from './contract.ts';
import { entryView } from './handlers.ts';
import { entriesOf } from './records.ts';

const PAGE = 1_000;

/** The whole log as a file, narrowed as its listing is. */
export function auditRoutes(house: House): Route[] {
  return exportRoutes({
    path: '/api/v1/audit/entries',
    permission: 'audit:read',
    audit: { look: 'audit log' },
    filter: auditFilter,
    open: async (filter, { workspace }) => {
      await bookOf(house).flush();
      return entriesTable(house, workspace, filter);
    },
  });
}

function entriesTable(house: House, { id, zone }: Workspace, filter: AuditFilter): Table<AuditEntry> {
  return {
    name: 'audit',
    zone,
    columns: [
      { name: 'at', kind: 'moment', of: (e) => e.at },
      { name: 'kind', kind: 'text', of: (e) => e.kind },
      { name: 'operation', kind: 'text', of: (e) => e.operation },
      { name: 'object_kind', kind: 'text', of: (e) => e.object.kind },
      { name: 'object_id', kind: 'text', of: (e) => e.object.id },
      { name: 'fields', kind: 'json', of: (e) => e.fields },
      { name: 'changes', kind: 'json', of: (e) => e.changes },
      { name: 'by_kind', kind: 'text', of: (e) => e.by.kind },
      { name: 'by_id', kind: 'text', of: (e) => e.by.id },
      { name: 'by_name', kind: 'text', of: (e) => e.by.name },
      { name: 'address', kind: 'text', of: (e) => e.address },
      { name: 'request_id', kind: 'text', of: (e) => e.requestId },
      { name: 'times', kind: 'number', of: (e) => e.times },
      { name: 'id', kind: 'text', of: (e) => e.id },
    ],
    rows: inPages(PAGE, async (last: AuditEntry | undefined, limit) => {
      const place = last === undefined ? null : { at: new Date(last.at), id: last.id };
      return (await entriesOf(house.records.db, id, filter, place, limit)).map(entryView);
    }),
  };
}
