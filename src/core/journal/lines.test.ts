import { expect, test } from 'vitest';
import { completeLine, readRows } from './lines.ts';
import { isRefusal, readMessage } from './message.ts';

const arrival = {
  workspaceId: 'ws_1',
  receivedMs: Date.UTC(2026, 10, 22, 10),
  receivedAt: '2026-11-22 10:00:00.000',
  sentMs: null,
  correctsClock: true,
};
const message = {
  type: 'track',
  event: 'Order Completed',
  userId: 'u\t1',
  messageId: 'm1',
  properties: { order_id: 'o1', revenue: 12.5, currency: 'EUR', note: 'a tab\t, a "quote" and ,"props":' },
};
const row = { seq: 7, workspaceId: 'ws_1', receivedAt: new Date(arrival.receivedMs) };
const concluded = { identityNo: 3, touchpoint: 'tp_1', stage: '', rulesVersion: 2 };

function written(): string {
  const verdict = readMessage(message, null, arrival, () => 'made-up');
  if (isRefusal(verdict)) throw new Error(verdict.reason);
  return verdict.line;
}

test('[JR3] a line is read back as it was written, and completed with what the drain finds', () => {
  const { drained, unreadable } = readRows([{ ...row, format: 2, body: `${written()}\n` }]);
  expect(unreadable.size).toBe(0);
  expect(drained[0]?.fact).toMatchObject({
    user_id: 'u\t1',
    order_id: 'o1',
    value: '12.5000',
    currency: 'EUR',
    url: '',
  });
  expect(JSON.parse(drained[0]?.fact.props ?? '')).toEqual(message.properties);
  const completed: unknown[] = drained.map((each) => JSON.parse(completeLine(each, concluded)));
  expect(completed[0]).toEqual([
    ...['ws_1', drained[0]?.fact.event_id, 'Order Completed', '2026-11-22 10:00:00.000', '2026-11-22 10:00:00.000'],
    ...['http', 'u\t1', '', '', 'o1', '', '', '', '', '', '', '12.5000', 'EUR'],
    ...[3, 7, 2, 'tp_1', '', message.properties],
  ]);
});

test('[JR18] a row that the first release wrote is read as if it were written today', () => {
  const now = readRows([{ ...row, format: 2, body: written() }]).drained;
  const { event_id: id } = now[0]?.fact ?? { event_id: '' };
  const body = `t{"workspace":"ws_1","event_id":"${id}","name":"Order Completed","at":"2026-11-22 10:00:00.000","received_at":"2026-11-22 10:00:00.000","source":"http","user_id":"u\\t1","order_id":"o1","value":"12.5000","currency":"EUR","props":${JSON.stringify(message.properties)}}\n`;
  const before = readRows([{ ...row, format: 1, body }]);
  expect(before.unreadable.size).toBe(0);
  expect(before.drained).toEqual(now);
  expect(before.drained.map((each) => completeLine(each, concluded))).toEqual(
    now.map((each) => completeLine(each, concluded)),
  );
});

test('[JR18] a row of a later version is not read', () => {
  const { drained, unreadable } = readRows([{ ...row, format: 3, body: written() }]);
  expect(drained).toEqual([]);
  expect(unreadable.get('ws_1')).toMatchObject({ seqs: [7], reason: expect.stringContaining('format 3') as string });
});
