import { expect, test } from 'vitest';
import { viewOf } from './handlers.ts';
import { NO_ROWS } from './vocabulary.ts';

test('[IM14] what is left is reckoned at the pace of this try', () => {
  const at = (s: number): Date => new Date(Date.UTC(2026, 10, 22, 10, 0, s));
  const row = {
    id: 'imp_1',
    workspaceId: 'ws_1',
    uploadId: 'upl_1',
    kind: 'orders' as const,
    fileName: 'orders.csv',
    state: 'running' as const,
    problem: null,
    mapping: { columns: {}, key: [] },
    format: {
      kind: 'csv' as const,
      encoding: 'utf-8' as const,
      encodingCertain: true,
      preface: 0,
      bom: 0,
      delimiter: ',' as const,
      header: true,
      columns: [],
    },
    seq: 1,
    chunk: 3,
    offset: 600,
    line: 30,
    counts: NO_ROWS,
    bytes: 1000,
    bytesRead: 600,
    tries: 0,
    tryFromBytes: 400,
    tryStartedAt: at(0),
    cutOff: false,
    createdBy: 'mem_1',
    createdAt: at(0),
    startedAt: at(0),
    finishedAt: null,
    rowsLeftAt: null,
  };
  expect(viewOf(row, at(10), true)).toMatchObject({ secondsLeft: 20, bytesRead: 600, finishedAt: null });
  expect(viewOf({ ...row, bytesRead: 400 }, at(10), true).secondsLeft).toBeNull();
  expect(viewOf({ ...row, state: 'done' }, at(10), true).secondsLeft).toBeNull();
});
