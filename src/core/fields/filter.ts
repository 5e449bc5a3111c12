import { type Predicate, PredicateError, fieldsOf, parseText } from '@touchstone/domain/predicate';
import type { Permission } from '../../platform/kernel/permissions.ts';
import { Problem, badInput } from '../../platform/kernel/problem.ts';
import { type Source, Statement, ownerOf } from './facts/statement.ts';

/** Reads a filter. Throws Problem naming the field and the place. */
export function readFilter(text: string, field = 'filter'): Predicate {
  try {
    return parseText(text);
  } catch (error) {
    throw asProblem(error, field, text);
  }
}

/** A predicate's error as the answer to whoever sent it; anything else as it is. */
export function asProblem(error: unknown, field: string, value: string): unknown {
  if (!(error instanceof PredicateError)) return error;
  return badInput(
    field,
    value,
    `This filter cannot be read: ${error.message}.`,
    'Choose one of the fields that are offered; GET /api/v1/metrics/fields lists them.',
  );
}

/**
 * Reads the filter of a listing of single rows, and tries it on all that it will be asked of. Throws Problem for what
 * cannot be read or asked, and for what the caller may not read.
 */
export function readRowFilter(
  text: string | undefined,
  permissions: ReadonlySet<Permission>,
  sourcesOf: (filter: Predicate) => readonly Source[],
): Predicate {
  const filter = readFilter(text ?? '');
  refuseUnread(filter, permissions);
  try {
    for (const source of sourcesOf(filter)) new Statement(source, { id: '', zone: 'UTC' }).where(filter);
  } catch (error) {
    throw asProblem(error, 'filter', text ?? '');
  }
  return filter;
}

/**
 * Refuses a filter of single rows that asks what its caller may not read: which rows it leaves would tell them.
 * Throws Problem.
 */
function refuseUnread(filter: Predicate, permissions: ReadonlySet<Permission>): void {
  for (const field of fieldsOf(filter)) {
    const needed = permissionOf(field);
    if (needed === undefined || permissions.has(needed)) continue;
    throw new Problem('forbidden', `A filter that asks about ${field} needs the permission ${needed}.`, {
      mend: 'Take that condition away, or use a key with that scope.',
      code: 'no-permission',
    });
  }
}

/** Properties whose levels are somebody, something of theirs, or their words. */
const NAMING: Readonly<Record<string, Permission>> = {
  'feedback.user_id': 'people:read',
  'feedback.order_id': 'orders:read',
  'feedback.case_id': 'people:read',
  'feedback.text': 'comments:read',
  'order.order_id': 'orders:read',
  'order.user_id': 'people:read',
  'person.name': 'people:read',
  'person.email': 'people:read',
  'person.phone': 'people:read',
};

/** Refuses to group by a property whose levels would tell what the caller may not read. Throws Problem. */
export function refuseNaming(field: string, permissions: ReadonlySet<Permission>): void {
  const name = field.includes('.') ? field : `feedback.${field}`;
  const needed = Object.hasOwn(NAMING, name) ? NAMING[name] : undefined;
  if (needed === undefined || permissions.has(needed)) return;
  throw new Problem('forbidden', `To group by ${field} needs the permission ${needed}.`, {
    mend: 'Group by another property, or use a key with that scope.',
    code: 'no-permission',
  });
}

function permissionOf(field: string): Permission | undefined {
  const of = ownerOf(field);
  if (of === 'person') return 'people:read';
  if (of === 'order') return 'orders:read';
  if (of === 'event') return 'events:read';
  if (field === 'user_id' || field === 'feedback.user_id') return 'people:read';
  if (field === 'order_id' || field === 'feedback.order_id') return 'orders:read';
  return field === 'text' || field === 'feedback.text' ? 'comments:read' : undefined;
}
