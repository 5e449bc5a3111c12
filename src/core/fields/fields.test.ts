import { expect, test } from 'vitest';
import type { Permission } from '../../platform/kernel/permissions.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import { type Source, Statement, readFilter, readRowFilter } from './facade.ts';

const PLACE = { id: 'ws_1', zone: 'UTC' };

/** What is joined for a filter, and the condition. */
function asked(source: Source, filter: string): string {
  const statement = new Statement(source, PLACE);
  const where = statement.where(readFilter(filter));
  return `${statement.from()} AND ${where}`;
}

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('[FD1] a field is of the row, its order, its answers or its person', () => {
  expect(asked('feedback', 'score<=2;channel:web')).not.toContain('JOIN');
  expect(asked('feedback', 'order.late:true')).toContain('v_orders');
  expect(asked('orders', 'order.late:true;order.value>=10')).not.toContain('JOIN');
  expect(asked('orders', 'feedback.score<=2')).toContain('v_feedback');
  for (const source of ['feedback', 'orders', 'events'] as const) {
    expect(asked(source, 'person.plan:gold')).toContain('v_people');
    expect(asked(source, 'touchpoint:tp_1;event.url~cart')).not.toContain('JOIN');
  }
  expect(asked('people', 'person.plan:gold')).toMatch(/^v_people AS f\nWHERE/u);
});

test('[FD1] what a row cannot have is refused by its name', () => {
  for (const [source, field] of [
    ['feedback', 'nothing'],
    ['feedback', 'order.'],
    ['events', 'order.late'],
    ['events', 'score'],
    ['people', 'channel'],
  ] as const) {
    expect(() => asked(source, `${field}:1`), field).toThrow(`${field}: is no field`);
  }
  expect(problemOf(() => readFilter('state:'))).toMatchObject({ status: 400, details: { field: 'filter' } });
});

test('[FD2] a condition on what may not be read is refused', () => {
  const filter = 'order.late:true;(person.plan:gold|feedback.text~slow);feedback.score<=2;event.url?';
  const all: Permission[] = ['orders:read', 'people:read', 'comments:read', 'events:read'];
  const read = (text: string, permissions: readonly Permission[]) =>
    readRowFilter(text, new Set(permissions), () => ['feedback', 'orders']);
  expect(read(filter, all)).toEqual(readFilter(filter));
  expect(read('channel:web;feedback.score<=2', [])).toEqual(readFilter('channel:web;feedback.score<=2'));
  expect(problemOf(() => read('nothing:1', all))).toMatchObject({ status: 400, details: { field: 'filter' } });
  for (const missing of all) {
    const { status, detail } = problemOf(() =>
      read(
        filter,
        all.filter((p) => p !== missing),
      ),
    );
    expect(status).toBe(403);
    expect(detail).toContain(missing);
  }
});
