import { encode } from 'uqr';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { codesOf, codesOfTouchpoints, pictureOf, sheetsOf } from '../web/share/wanted.ts';
import { pngOfCode, sheetOf, svgOf } from './drawing.ts';
import { readCode, signCode } from './signing.ts';

const URL_OF_CODE = `https://listen.example/s/abcdefghijkl?c=${signCode('secret', { locationId: 'maribor-1', place: 'میز ۷' })}`;

test('[SQ62] picture and drawing of a code show the same squares, with a quiet zone of four', () => {
  const { data, size } = encode(URL_OF_CODE, { ecc: 'M', border: 4 });
  const png = pngOfCode(URL_OF_CODE);
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  const wide = png.readUInt32BE(16);
  const scale = wide / size;
  expect(Number.isInteger(scale) && wide > 1_000).toBe(true);
  const data64 = png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8);
  const pixels = inflateSync(data64);
  const line = Math.ceil(wide / 8) + 1;
  const isBlack = (x: number, y: number): boolean =>
    ((pixels[(y * scale + 1) * line + 1 + ((x * scale + 1) >> 3)] ?? 0) & (0x80 >> ((x * scale + 1) & 7))) === 0;
  const svg = svgOf(URL_OF_CODE, 'Table 7');
  const drawn = new Set(
    [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)].flatMap(([, x, y, long]) =>
      Array.from({ length: Number(long) }, (_, i) => `${Number(x) + i} ${y}`),
    ),
  );
  data.forEach((row, y) =>
    row.forEach((black, x) => {
      expect(isBlack(x, y)).toBe(black);
      expect(drawn.has(`${x} ${y}`)).toBe(black);
      if (x < 4 || y < 4 || x >= size - 4 || y >= size - 4) expect(black).toBe(false);
    }),
  );
});

test('[SQ62] a code says what was signed, and is refused when it was changed', () => {
  const said = { touchpoint: 'tp_1', orderId: 'o-1' };
  const code = signCode('secret', said);
  expect(code.length).toBeLessThan(70);
  expect(readCode('secret', code)).toEqual(said);
  expect(readCode('other', code)).toBeNull();
  const forged = Buffer.from(JSON.stringify(['tp_1', null, null, 'o-2'])).toString('base64url');
  expect(readCode('secret', `${forged}.${code.split('.')[1]}`)).toBeNull();
  expect(readCode('secret', 'x')).toBeNull();
});

test('[SQ62] a sheet has each code with its name, and nothing of it is read as HTML', () => {
  const evil = '<script>alert(1)</script>';
  const sheet = sheetOf(evil, evil, [
    { name: evil, url: URL_OF_CODE },
    { name: 'Table 8', url: URL_OF_CODE },
  ]);
  expect(sheet).not.toContain('<script');
  expect(sheet).toContain('Table 8');
  expect(sheet.match(/<svg/g)).toHaveLength(2);
  expect(sheet).toContain('size: A4');
});

test('[SQ62] each line is a code, once, and may be called otherwise than it stands for', () => {
  expect(codesOf('Table 1\n\n 7 = Table 7 \nTable 1', 'place')).toEqual([
    { name: 'Table 1', place: 'Table 1' },
    { name: 'Table 7', place: '7' },
  ]);
  const touchpoints = [
    { id: 'tp_a', name: 'Delivery' },
    { id: 'tp_b', name: 'Return' },
  ];
  expect(codesOfTouchpoints(touchpoints, ['tp_b'])).toEqual([{ name: 'Return', touchpoint: 'tp_b' }]);
  const place = { surveyId: 'srv_1', workspace: 'ws_1' };
  expect(pictureOf(place, { name: 'A & B', orderId: 'o 1' }, 'png')).toBe(
    '/api/v1/surveys/srv_1/code?name=A+%26+B&orderId=o+1&as=png&workspace=ws_1',
  );
  const many = codesOf(Array.from({ length: 60 }, (_, i) => `${i} = ${'میز '.repeat(12)}${i}`).join('\n'), 'place');
  const sheets = sheetsOf(place, many, 'place', 'How was it?');
  expect(sheets.length).toBeGreaterThan(1);
  expect(sheets.reduce((sum, { count }) => sum + count, 0)).toBe(60);
  for (const { href } of sheets) expect(href.length).toBeLessThan(8_200);
});
