import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ORDERS, importCalls } from '../../../test/support/imports.ts';
import { workbookOf, zipOf } from '../../../test/support/packed.ts';
import { openWorld, type World } from '../../../test/support/world.ts';
import { sweepUploads } from './jobs.ts';
import { insertUpload } from './records.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const { uploaded, ready, look, run, answers, orders } = importCalls(() => world);

describe('files', () => {
  test('[IM1] too large, no text and empty are refused, and nothing stays', async () => {
    const small = await openWorld({ config: { uploadCapBytes: 20 } });
    try {
      const shop = await small.workspace();
      const headers = { authorization: `Bearer ${shop.secretKey}` };
      const send = (body: string | Uint8Array<ArrayBuffer>) =>
        small.app.request('/api/v1/uploads?name=a.csv', { method: 'POST', headers, body });
      const large = await send('a,b\n'.repeat(20));
      expect(large.status).toBe(413);
      expect(await large.json()).toMatchObject({
        code: 'file-too-large',
        mend: 'Split it, or raise UPLOAD_CAP_BYTES.',
      });
      const pdf = await send('%PDF-1.7');
      expect(pdf.status).toBe(415);
      expect(await pdf.json()).toMatchObject({
        detail: 'The file is a PDF: that is not taken here.',
        code: 'file-no-text',
      });
      const broken = await send(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]));
      expect(await broken.json()).toMatchObject({ code: 'file-damaged' });
      const empty = await send('');
      expect(empty.status).toBe(400);
      expect(await empty.json()).toMatchObject({ code: 'file-empty' });
      const { readdir } = await import('node:fs/promises');
      for (const folder of ['uploads', 'packed']) {
        expect(await readdir(`${small.house.config.dataDir}/files/${folder}`)).toEqual([]);
      }
    } finally {
      await small.close();
    }
  });

  test('[IM2] [IM3] a preview, what is refused in a mapping, and the mapping saved for next time', async () => {
    const shop = await world.workspace();
    const api = world.api(shop.secretKey);
    const uploadId = await uploaded(
      shop,
      'reviews.csv',
      'review_id;score;date;x\n1;5;2026-01-01;a\n2;9;22.11.2026;b\n3;4;2026-02-01;c\n',
    );
    const preview = await api.post('/api/v1/imports/preview', { uploadId });
    expect(preview.body).toMatchObject({
      kind: 'feedback',
      saved: false,
      format: { delimiter: ';', encoding: 'utf-8', header: true },
      mapping: { columns: { score: { field: 'score' }, date: { field: 'at', format: 'ymd' } }, key: ['review_id'] },
      rows: [
        { line: 2, values: { score: '5', at: '2026-01-01 00:00:00.000', x: 'a' }, problems: [] },
        { line: 3, problems: [{ reason: 'not-a-date', column: 'date', value: '22.11.2026', expected: 'ymd' }] },
        { line: 4 },
      ],
    });
    const create = (mapping: unknown) => api.post('/api/v1/imports', { uploadId, kind: 'feedback', mapping });
    const refused: [unknown, string][] = [
      [{ columns: { nowhere: { field: 'score' } } }, 'mapping'],
      [{ columns: { score: { field: 'tone' }, date: { field: 'at', format: 'ymd' } } }, 'mapping'],
      [
        { columns: { score: { field: 'score' }, x: { field: 'score' }, date: { field: 'at', format: 'ymd' } } },
        'mapping.columns.x.field',
      ],
      [{ columns: { score: { field: 'score' }, date: { field: 'at' } } }, 'mapping.columns.date.format'],
      [{ columns: { score: { field: 'score' } } }, 'mapping'],
    ];
    for (const [mapping, field] of refused) {
      const answer = await create(mapping);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ field });
    }
    const mine = {
      columns: { score: { field: 'score' }, date: { field: 'at', format: 'dmy' }, x: { field: 'text' } },
      key: [],
    };
    expect((await create(mine)).status).toBe(201);
    const next = await uploaded(shop, 'more.csv', 'review_id;score;date;x\n7;5;2026-01-01;a\n');
    expect((await api.post('/api/v1/imports/preview', { uploadId: next, kind: 'feedback' })).body).toMatchObject({
      saved: true,
      mapping: mine,
    });
  });

  test('[IM2] a file of more columns than anybody maps is refused before they are looked at', async () => {
    const shop = await world.workspace();
    const api = world.api(shop.secretKey);
    const wide = `${'a,'.repeat(2_000)}a\n`;
    const objects = Array.from({ length: 30 }, (_, i) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 100 }, (__, j) => [`k${i}_${j}`, 1]))),
    ).join('\n');
    for (const [name, text] of [
      ['wide.csv', wide],
      ['wide.ndjson', objects],
    ] as const) {
      const answer = await api.post('/api/v1/imports/preview', { uploadId: await uploaded(shop, name, text) });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ field: 'file', detail: expect.stringContaining('at most 2000 are taken') });
    }
    const widest = await uploaded(shop, 'widest.csv', `${'a,'.repeat(1_999)}a\n${'1,'.repeat(1_999)}1\n`);
    const preview = await api.post('/api/v1/imports/preview', { uploadId: widest, kind: 'orders' });
    expect(preview.status).toBe(200);
  });

  test('[IM7] bad rows are listed and downloaded, the good go in', async () => {
    const shop = await world.workspace();
    const long = 'y'.repeat(1_200_000);
    const body = Buffer.concat([
      Buffer.from(
        'review_id,score,comment,date\n1,5,čas,2026-01-01\n2,4,=HYPERLINK(1),01/02/2026\n3,7,"x",2026-01-03\n4,3,',
      ),
      Buffer.from([0xe8, 0x61]),
      Buffer.from(
        `,2026-01-04\n5,2,a "quote,2026-01-05\n6,1,${long},2026-01-06\n7,5,ok,2026-01-07\n8,5,ok,1970-01-01\n9,5,ok,2999-01-01\n10,5\n11,5,last,Nov 5 2026\n12,5,good,2026-01-12\n`,
      ),
    ]);
    const mapping = {
      columns: {
        review_id: { field: 'response_id' },
        score: { field: 'score' },
        comment: { field: 'text' },
        date: { field: 'at', format: 'ymd' },
      },
      key: ['review_id'],
      instrument: 'rating',
      scale: { min: 1, max: 5 },
    };
    const done = await run(shop, 'reviews.csv', new Uint8Array(body), { kind: 'feedback', mapping });
    expect(done.counts).toMatchObject({ rows: 12, added: 3, bad: 9 });
    const listed = await world.api(shop.secretKey).get(`/api/v1/imports/${done.id}/errors`);
    const items = z
      .object({ items: z.array(z.object({ line: z.number(), problems: z.array(z.object({ reason: z.string() })) })) })
      .parse(listed.body).items;
    expect(items.map((i) => [i.line, i.problems.map((p) => p.reason).join()])).toEqual([
      [3, 'not-a-date'],
      [4, 'out-of-scale'],
      [5, 'encoding'],
      [6, 'stray-quote'],
      [7, 'too-long'],
      [9, 'too-early'],
      [10, 'too-late'],
      [11, 'cell-count'],
      [12, 'not-a-date'],
    ]);
    const file = await world.api(shop.secretKey).get(`/api/v1/imports/${done.id}/errors.csv`);
    const lines = String(file.body).split('\r\n');
    expect(lines[0]).toBe('line,reason,review_id,score,comment,date,more cells');
    expect(lines[1]).toBe(
      `3,"date: ""01/02/2026"" is no time written as year-month-day",2,4,'=HYPERLINK(1),01/02/2026,`,
    );
    expect(lines).toHaveLength(11);
    expect((await answers(shop)).map((a) => a['text'])).toEqual(['čas', 'ok', 'good']);
    const sent = await world.app.request(`/api/v1/imports/${done.id}/file`, {
      headers: { authorization: `Bearer ${shop.secretKey}` },
    });
    expect(Buffer.from(await sent.arrayBuffer()).equals(body)).toBe(true);
    expect(Object.fromEntries(sent.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="reviews.csv"',
      'content-length': String(body.length),
      'x-content-type-options': 'nosniff',
    });
    expect((await world.api(shop.secretKey).get(`/api/v1/imports/${done.id}`)).body).toMatchObject({ fileKept: true });
  });

  test('[IM7] [IM12] what programs and careless hands write is read, or listed in words', async () => {
    const shop = await world.workspace({ zone: 'Asia/Tehran' });
    const excel =
      'sep=;\r\nreview_id;score;comment;date;date\r\n1;4,5;dobro;۲۰۲۵-۱۲-۰۲;x\r\n2;3;dobro;1404/08/30;x\r\n';
    const first = await run(shop, 'reviews.csv', excel, { kind: 'feedback' });
    expect(first.counts).toMatchObject({ rows: 2, added: 1, bad: 1 });
    expect(await answers(shop)).toMatchObject([{ score: 4.5, text: 'dobro' }]);
    const broken = 'review_id,sc"ore,"date\n3,5,2026-01-03\n4,5,2026-01-04\n';
    expect((await run(shop, 'reviews.csv', broken, { kind: 'feedback' })).counts).toMatchObject({ rows: 2, added: 2 });
    const api = world.api(shop.secretKey);
    const uploadId = await uploaded(shop, 'reviews.csv', 'review_id,sc"o,re,date\n3,5,2026-01-03\n');
    const refused = await api.post('/api/v1/imports/preview', { uploadId });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('it names 4 columns, and the rows have 3') });
    const lines = Array.from({ length: 4_000 }, (_, i) => `n${i},5,2026-01-03,u${i}`);
    const nul = `review_id,score,date,customer_id\n${lines.join('\n')}\nn,4,2026-01-04,u\0\nm,4,2026-01-04,u\n`;
    const held = await run(shop, 'reviews.csv', nul, { kind: 'feedback' });
    expect(held.counts).toMatchObject({ rows: 4_002, added: 4_001, bad: 1 });
    const json = '{"review_id":"j","score":1,"date":"2026-01-05","customer_id":"a\\u0000b"}\n';
    expect((await run(shop, 'reviews.ndjson', json, { kind: 'feedback' })).counts).toMatchObject({ added: 1 });
    const empty = await uploaded(shop, 'orders.csv', 'order_id,customer_id,order_date\n');
    expect((await api.post('/api/v1/imports/preview', { uploadId: empty })).body).toMatchObject({
      detail: expect.stringContaining('a header and no row'),
    });
  });

  test('[IM17] [IM19] a packed workbook goes in as a file of text does, and its bad rows keep their numbers', async () => {
    const shop = await world.workspace();
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = [
      ['review_id', 'score', 'comment', 'date'].map(text).join(''),
      `<c><v>1</v></c><c><v>5</v></c>${text('two\nlines')}<c s="1"><v>46023.5</v></c>`,
      `<c><v>2</v></c><c><v>4</v></c>${text('bad')}${text('never')}`,
      `<c><v>3</v></c><c><v>3</v></c>${text('fine')}<c s="1"><v>46024.5</v></c>`,
    ];
    const sheet = rows.map((row, i) => `<row r="${i + 1}">${row}</row>`).join('');
    const book = await workbookOf({ sheets: { Answers: sheet }, styles: ['General', 'dd/mm/yyyy hh:mm'] });
    const done = await run(shop, 'reviews.zip', await zipOf({ 'reviews.xlsx': book }), { kind: 'feedback' });
    expect(done.counts).toMatchObject({ rows: 3, added: 2, bad: 1 });
    const listed = await world.api(shop.secretKey).get(`/api/v1/imports/${done.id}/errors`);
    expect(listed.body).toMatchObject({ items: [{ line: 3, problems: [{ reason: 'not-a-date', value: 'never' }] }] });
    expect(await answers(shop)).toMatchObject([
      { score: 5, text: 'two\nlines' },
      { score: 3, text: 'fine' },
    ]);
  });

  test('[IM9] [IM14] cancelled before it runs it never does; another workspace finds nothing', async () => {
    const shop = await world.workspace();
    const other = await world.workspace();
    const importId = await ready(shop, 'orders.csv', ORDERS);
    const api = world.api(shop.secretKey);
    for (const [method, path] of [
      ['get', ''],
      ['post', '/start'],
      ['post', '/cancel'],
      ['post', '/undo'],
      ['get', '/errors'],
      ['get', '/errors.csv'],
      ['get', '/file'],
    ] as const) {
      expect((await world.api(other.secretKey)[method](`/api/v1/imports/${importId}${path}`)).status).toBe(404);
    }
    const stolen = await uploaded(shop, 'orders.csv', ORDERS);
    expect((await world.api(other.secretKey).post('/api/v1/imports/preview', { uploadId: stolen })).status).toBe(404);
    await api.post(`/api/v1/imports/${importId}/start`);
    await api.post(`/api/v1/imports/${importId}/cancel`);
    await world.runJobs();
    expect(await look(shop, importId)).toMatchObject({ state: 'cancelled', counts: { rows: 0 } });
    expect(await orders(shop)).toEqual([]);
    expect((await api.post(`/api/v1/imports/${importId}/start`)).status).toBe(409);
  });

  test('[IM12] NDJSON, UTF-16 and windows-1250', async () => {
    const shop = await world.workspace();
    const json =
      '{"event":"Plan Chosen","timestamp":"2026-01-01T10:00:00Z","userId":"u1","context":{"page":"x"}}\n{broken\n[1]\n';
    expect((await run(shop, 'events.ndjson', json)).counts).toMatchObject({ added: 1, bad: 2 });
    const text = 'review_id,score,comment,date\n1,5,šola in čaj,2026-01-01\n2,4,življenje,2026-01-02\n';
    const wide = new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
    await run(shop, 'reviews.csv', wide);
    const single: Record<string, number> = { š: 0x9a, č: 0xe8, ž: 0x9e };
    const bytes = [...text.replaceAll('2026', '2025').replaceAll('\n1,', '\n3,').replaceAll('\n2,', '\n4,')].map(
      (c) => single[c] ?? c.charCodeAt(0),
    );
    await run(shop, 'reviews.csv', new Uint8Array(bytes));
    expect((await answers(shop)).map((a) => a['text'])).toEqual([
      'šola in čaj',
      'življenje',
      'šola in čaj',
      'življenje',
    ]);
  });

  test('[IM25] the nightly sweep takes away what nobody knows of, and no file of an upload', async () => {
    const shop = await world.workspace();
    const { files, jobs } = world.house;
    const known = await uploaded(shop, 'orders.csv', ORDERS);
    // Ids of long ago: an upload that crashed before it was written down, one that was being unpacked, and one that is known.
    const old = 'upl_0190000000007000800000000000';
    const lost = [`uploads/${old}0001`, `packed/${old}0002`, `packed/${old}0002-1`];
    const kept = `uploads/${old}0003`;
    const young = `uploads/${known.slice(0, -4)}0000`;
    for (const name of [...lost, kept, young]) await files.put(name, 'a,b');
    const row = {
      id: `${old}0003`,
      workspaceId: shop.id,
      fileName: 'a.csv',
      bytes: 3,
      origin: null,
      createdAt: new Date(0),
    };
    await insertUpload(world.house.records.db, row);
    await jobs.send(sweepUploads, {});
    await world.runJobs();
    const there = new Set([...(await files.list('uploads')), ...(await files.list('packed'))]);
    expect([...lost, kept, young, `uploads/${known}`].map((name) => there.has(name))).toEqual([
      ...[false, false, false],
      ...[true, true, true],
    ]);
  });
});
