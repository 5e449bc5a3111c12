import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { toProblem } from '../client/problem.ts';
import { foldGaps, namedPlaces } from './charts/fold.ts';
import { momentOfTruth } from './charts/moment.ts';
import { niceTicks } from './charts/scale.ts';
import { toCsv } from './csv.ts';
import { makeFormat } from './i18n/format.ts';
import { fillRich, splitRich } from './i18n/rich.ts';
import { readWays } from './i18n/ways.ts';
import { readyPeriods } from './period.ts';
import { readSearch, scopeIn, scopeOf, withChange, writeSearch } from './address.ts';
import { CODES } from './problem-words.tsx';
import { fieldNamed, toldApart } from './filter/rows.ts';
import { comparedDays, compareWords } from '../shell/scope-words.ts';

describe('address', () => {
  test('[WB1] reads and writes the address as text, and takes period and filter along', () => {
    const address = readSearch('?from=2017-09-01&to=2018-09-01&filter=order.late%3Atrue&by=stage');
    expect(address).toEqual({ from: '2017-09-01', to: '2018-09-01', filter: 'order.late:true', by: 'stage' });
    expect(scopeOf({ ...address, compare: 'year' })).toMatchObject({ compare: 'year' });
    expect(scopeOf(address)).toEqual({ from: '2017-09-01', to: '2018-09-01', filter: 'order.late:true' });
    expect(readSearch(writeSearch(address))).toEqual(address);
    expect(writeSearch({ from: undefined, filter: '' })).toBe('');
    const usual = { from: '2026-05-01', to: '2026-11-01' };
    expect(scopeIn({}, usual)).toMatchObject(usual);
    expect(scopeIn({ from: 'yesterday' }, usual)).toMatchObject(usual);
    expect(scopeIn({ from: '2026-10-01' }, usual)).toMatchObject({ from: '2026-10-01', to: undefined });
    expect(scopeIn({ period: 'all' }, usual)).toMatchObject({ from: undefined, to: undefined });
    expect(scopeIn({})).toMatchObject({ from: undefined, to: undefined });
    const written = (change: Record<string, string>) => writeSearch(withChange(scopeOf(address), change));
    expect(written({ period: 'all' })).toBe('?filter=order.late%3Atrue&period=all');
    expect(writeSearch(withChange({ period: 'all' }, { from: '2026-10-01' }))).toBe('?from=2026-10-01');
    expect(writeSearch(withChange({ period: 'all' }, { by: 'stage', from: '' }))).toBe('?period=all&by=stage');
  });

  test('[WB20] what a period is compared with is said where it is not the usual; all time is compared with nothing', () => {
    const t = (key: string): string => key;
    const march = { from: '2026-03-01', to: '2026-04-01', filter: undefined } as const;
    expect(compareWords({ ...march, compare: 'previous' }, t)).toBeUndefined();
    expect(compareWords({ ...march, compare: 'year' }, t)).toBe('web.compare.toYear');
    expect(compareWords({ ...march, from: undefined, to: undefined, compare: 'year' }, t)).toBeUndefined();
    const en = makeFormat('en');
    expect(comparedDays({ ...march, compare: 'year' }, en)).toMatch(/^Mar 1.–.31, 2025$/u);
    expect(comparedDays({ ...march, compare: 'none' }, en)).toBeUndefined();
    expect(comparedDays({ ...march, to: undefined, compare: 'year' }, en)).toBeUndefined();
  });

  test('[WB1] ready periods end with today and begin where their name says', () => {
    expect(readyPeriods('2026-11-22')).toEqual([
      { key: 'days30', from: '2026-10-24', to: '2026-11-23' },
      { key: 'days90', from: '2026-08-25', to: '2026-11-23' },
      { key: 'months12', from: '2025-11-01', to: '2026-11-23' },
      { key: 'thisYear', from: '2026-01-01', to: '2026-11-23' },
      { key: 'lastYear', from: '2025-01-01', to: '2026-01-01' },
    ]);
  });
});

describe('words', () => {
  const en = makeFormat('en');
  const fa = makeFormat('fa');

  test('[WB10] numbers, shares and differences', () => {
    expect(en.number(3960.126)).toBe('3,960.13');
    expect(en.number(4, 2, true)).toBe('4.00');
    expect(en.number(-12.5)).toBe('−12.5');
    expect(en.percent(0.0724)).toBe('7.2%');
    expect([en.signed(0.21), en.signed(-2.134), en.signed(0)]).toEqual(['+0.21', '−2.13', '0.00']);
    expect(fa.number(3960)).toBe('۳٬۹۶۰');
  });

  test('[WB10] days by the calendar of the language, moments in their zone, durations rounded', () => {
    expect(en.dayRange('2017-09-01', '2018-08-31')).toMatch(/^Sep 1, 2017.–.Aug 31, 2018$/u);
    expect(fa.day('2026-11-22')).toBe('۱ آذر ۱۴۰۵');
    expect(en.moment('2026-11-22T23:30:00.000Z', 'Asia/Tehran')).toContain('Nov 23, 2026');
    expect([en.duration(4.4), en.duration(130), en.duration(9000)]).toEqual(['4 seconds', '2 minutes', '3 hours']);
    expect(en.bytes(1_530_000)).toBe('1.5 MB');
  });

  test('[WB25] digits and calendar are those of the language, or those the reader chose', () => {
    const chosen = makeFormat('fa', { digits: 'latin', calendar: 'gregorian' });
    expect([chosen.locale, chosen.number(3960.5), chosen.calendar]).toEqual([
      'fa-u-ca-gregory-nu-latn',
      '3,960.5',
      'gregorian',
    ]);
    expect(chosen.day('2026-11-22')).toContain('2026');
    expect(makeFormat('fa', { digits: 'latin', calendar: 'own' }).day('2026-11-22')).toBe('1 آذر 1405');
    expect(makeFormat('en', { digits: 'own', calendar: 'persian' }).day('2026-11-22')).toMatch(/Azar 1, 1405/);
    expect([en.plain(1405), fa.plain(1405)]).toEqual(['1405', '۱۴۰۵']);
  });

  test('[WB25] a month of the figures is told by the months of another calendar that it takes part in', () => {
    expect(en.month('2025-01-15')).toBe('Jan 2025');
    expect(fa.month('2025-01-15')).toBe('دی – بهمن ۱۴۰۳');
    expect(fa.month('2025-03-01')).toBe('اسفند ۱۴۰۳ – فروردین ۱۴۰۴');
    expect(makeFormat('fa', { digits: 'own', calendar: 'gregorian' }).month('2025-01-01')).toMatch(/ژانویه.? ۲۰۲۵/u);
  });

  test('[WB24] what was remembered of how one reads is taken as far as it can be read', () => {
    expect(readWays(null)).toEqual({ digits: 'own', calendar: 'own', keys: true });
    expect(readWays('{"digits":"latin","calendar":"lunar","keys":false}')).toEqual({
      digits: 'latin',
      calendar: 'own',
      keys: false,
    });
    expect(readWays('{')).toEqual(readWays(null));
  });

  test('[WB10] marked words of a sentence', () => {
    expect(splitRich('They rate you <worse>2 lower</worse>.')).toEqual([
      { text: 'They rate you ' },
      { text: '2 lower', mark: 'worse' },
      { text: '.' },
    ]);
    expect(splitRich('Nothing < marked.')).toEqual([{ text: 'Nothing < marked.' }]);
    // What stands in a sentence marks nothing in it, whatever it is called.
    const said = { level: '<found>x</found>', other: '\uE0000\uE001', count: 3 };
    const write = (v: Readonly<Record<string, string | number>>): string =>
      `${v['level']} of ${v['other']} is <found>${v['count']} ${v['level']}</found>.`;
    expect(fillRich(said, write)).toEqual([
      { text: '<found>x</found> of \uE0000\uE001 is ' },
      { text: '3 <found>x</found>', mark: 'found' },
      { text: '.' },
    ]);
  });
});

describe('export', () => {
  test('[WB9] formulas are made harmless, quotes doubled, numbers left as they are', () => {
    const csv = toCsv(
      ['Name', 'n'],
      [
        ['=1+1', -2],
        ['@x', 3],
        ['a "b", c', null],
        ['\tx', 0.5],
      ],
    );
    expect(csv).toBe(`\uFEFFName,n\r\n'=1+1,-2\r\n'@x,3\r\n"a ""b"", c",\r\n'\tx,0.5\r\n`);
  });
});

describe('journey', () => {
  const stage = (key: string, score: number | null, half = 0.1) => ({
    key,
    label: key,
    score,
    low: score === null ? null : score - half,
    high: score === null ? null : score + half,
    n: score === null ? 0 : 100,
  });

  test('[WB11] marks the stage that lies clearly below all others, and none otherwise', () => {
    expect(momentOfTruth([stage('visit', null), stage('order', 4.3), stage('arrival', 3.6)])).toBe('arrival');
    expect(momentOfTruth([stage('order', 4.3), stage('arrival', 4.2)])).toBeUndefined();
    expect(momentOfTruth([stage('order', 4.3)])).toBeUndefined();
    expect(momentOfTruth([])).toBeUndefined();
  });

  test('[WB11] heights are round numbers that span all intervals', () => {
    expect(niceTicks(2.1, 4.6)).toEqual([2, 3, 4, 5]);
    expect(niceTicks(0.071, 0.082)).toEqual([0.07, 0.075, 0.08, 0.085]);
    expect(niceTicks(4, 4).length).toBeGreaterThan(1);
  });
});

describe('series', () => {
  const point = (at: number, n: number) => ({
    at: String(at),
    label: `${at}`,
    value: n || null,
    low: null,
    high: null,
    n,
  });

  test('[WB13] a long stretch of nothing takes one place, a short one its own, and empty ends none', () => {
    const shown = (counts: readonly number[]): string =>
      foldGaps(counts.map((n, i) => point(i, n)))
        .map((f) => (f.kind === 'gap' ? `(${f.first.at}-${f.last.at})` : f.point.at))
        .join(' ');
    expect(shown([1, ...Array<number>(40).fill(0), 5, 6])).toBe('0 (1-40) 41 42');
    expect(shown([1, 0, 0, 2])).toBe('0 1 2 3');
    expect(shown([...Array<number>(20).fill(0), 3, 4, ...Array<number>(9).fill(0)])).toBe('20 21');
    expect(shown([])).toBe('');
  });

  test('[WB13] the axis names places at even steps, the last one where it can', () => {
    expect([...namedPlaces(13, 9)]).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect([...namedPlaces(14, 9)]).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect([...namedPlaces(1, 9)]).toEqual([0]);
    expect([...namedPlaces(13, 3)]).toEqual([0, 6, 12]);
    expect([...namedPlaces(2, 5)]).toEqual([0, 1]);
  });
});

describe('problems', () => {
  test('[WB8] every code the server gives a problem has words', () => {
    const src = fileURLToPath(new URL('../../../', import.meta.url));
    const given = readdirSync(src, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => [...readFileSync(`${src}${name}`, 'utf8').matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)'/g)])
      .map(([, code]) => code);
    const known: readonly string[] = CODES;
    expect(given.filter((code) => !known.includes(code ?? ''))).toEqual([]);
    expect(known.filter((code) => !given.includes(code))).toEqual([]);
  });

  test('[WB8] keeps the words of the API, and makes do with a status', () => {
    const problem = toProblem(422, {
      type: 'bad-input',
      title: 'Bad',
      detail: 'No such day.',
      field: 'from',
      mend: 'Write 2026-11-22.',
    });
    expect(problem).toMatchObject({
      status: 422,
      type: 'bad-input',
      detail: 'No such day.',
      field: 'from',
      mend: 'Write 2026-11-22.',
    });
    expect(
      toProblem(409, { type: '/problems/conflict', detail: 'x', code: 'last-owner', values: { most: 3, no: [] } }),
    ).toMatchObject({
      type: 'conflict',
      code: 'last-owner',
      values: { most: 3 },
    });
    expect(toProblem(502, '<html>')).toMatchObject({ status: 502, detail: 'HTTP 502' });
  });
});

test('[WB1] a field of the filter named by its last part alone is the one that ends so', () => {
  const fields = ['person.state', 'order.status', 'person.city', 'order.city', 'stage'];
  expect(['state', ' stage', 'order.status', 'city', 'tate', ''].map((typed) => fieldNamed(typed, fields))).toEqual([
    'person.state',
    'stage',
    'order.status',
    'city',
    'tate',
    '',
  ]);
});

test('[WB1] what two fields or values are both called, each is called by its own name', () => {
  const words: Readonly<Record<string, string>> = { tp_1: 'Help desk', tp_2: 'Shop', tp_3: 'Shop', tp_4: '' };
  const called = toldApart(Object.keys(words), (key) => words[key] ?? '', (key) => key); // prettier-ignore
  expect(called).toEqual(['Help desk', 'tp_2', 'tp_3', 'tp_4']);
});
