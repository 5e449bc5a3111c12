import type { Page, Skip, SurveyDocument } from '@touchstone/domain/survey';
import { integer, seeded } from '@touchstone/domain/random';
import { expect, test } from 'vitest';
import { flowOf, litOf } from './flow.ts';
import { type Laid, layOut, pathOf, type Point } from './layout.ts';

const always = { field: 'q0', op: 'exists' } as const;

function surveyOf(seed: string): SurveyDocument {
  const random = seeded(seed);
  const count = integer(random, 1, 12);
  const endings = Array.from({ length: integer(random, 1, 4) }, (_, i) => ({
    id: `end${i}`,
    title: { en: 'End' },
    ...(integer(random, 0, 1) === 0 ? {} : { showIf: always }),
  }));
  const loopFrom = integer(random, 0, count - 1);
  const loopTo = integer(random, loopFrom, count - 1);
  const pages = Array.from({ length: count }, (_, p): Page => {
    const onward = (): Skip[] =>
      Array.from({ length: integer(random, 0, 2) }, () => {
        const to = integer(random, p + 1, count + endings.length - 1);
        return { if: always, to: to < count ? `p${to}` : `end${to - count}` };
      });
    return {
      id: `p${p}`,
      ...(p >= loopFrom && p <= loopTo && seed.endsWith('1') ? { loop: 'l' } : {}),
      questions: Array.from({ length: integer(random, 0, 8) }, (__, q) => ({
        id: `q${p}_${q}`,
        kind: 'longText' as const,
        title: { en: 'Why?' },
        skips: onward(),
      })),
      skips: onward(),
    };
  });
  return {
    format: 1,
    languages: ['en'],
    title: { en: 'Visit' },
    pages,
    endings,
    loops: [{ id: 'l', items: [{ id: 'a', text: { en: 'A' } }] }],
    quotas: [{ id: 'full', name: 'Full', limit: 3, action: 'terminate', ending: 'end0' }],
  };
}

/** Straight pieces of all ways, with where each leads. */
function piecesOf(laid: Laid): { from: Point; to: Point; target: string; is: string }[] {
  return laid.ways.flatMap(({ way, points }) =>
    points.slice(1).map((to, i) => ({ from: points[i] ?? to, to, target: way.to, is: way.is })),
  );
}

test('[SQ42] in the flow nothing lies over anything else, whatever the survey, and it is mirrored for who reads from the right', () => {
  for (let i = 0; i < 12; i++) {
    const flow = flowOf(surveyOf(`flow ${i}`));
    const laid = layOut(flow, 420, false);
    for (const [n, box] of laid.boxes.entries()) {
      const next = laid.boxes[n + 1];
      if (next !== undefined) expect(next.y).toBeGreaterThan(box.y + box.height);
      const rows = box.rows.map((row) => [row.y, row.y + row.height] as const);
      rows.forEach(([top, bottom], r) => {
        expect(top).toBeGreaterThanOrEqual(rows[r - 1]?.[1] ?? 0);
        expect(bottom).toBeLessThanOrEqual(box.height);
      });
    }
    const pieces = piecesOf(laid);
    for (const piece of pieces) {
      const [left, right] = [piece.from[0], piece.to[0]].sort((a, b) => a - b) as [number, number];
      const [top, bottom] = [piece.from[1], piece.to[1]].sort((a, b) => a - b) as [number, number];
      for (const box of laid.boxes) {
        const outside = right <= box.x || left >= box.x + box.width || bottom <= box.y || top >= box.y + box.height;
        expect(outside, `${i}: a way to ${piece.target} goes through ${box.box.id}`).toBe(true);
      }
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(laid.width);
    }
    // Ways to different boxes never run on one line.
    const upright = pieces.filter(({ from, to, is }) => from[0] === to[0] && is !== 'on' && is !== 'else');
    for (const a of upright)
      for (const b of upright) {
        if (a.target === b.target || a.from[0] !== b.from[0]) continue;
        const [low, high] = [
          Math.max(Math.min(a.from[1], a.to[1]), Math.min(b.from[1], b.to[1])),
          Math.min(Math.max(a.from[1], a.to[1]), Math.max(b.from[1], b.to[1])),
        ];
        expect(low, `${i}: ${a.target} and ${b.target}`).toBeGreaterThan(high);
      }
    const turned = layOut(flow, 420, true);
    expect(turned.ways.map(({ points }) => points.map(([x, y]) => [laid.width - x, y]))).toEqual(
      laid.ways.map(({ points }) => points),
    );
    turned.boxes.forEach((box, n) => expect(box.x).toBeCloseTo(laid.width - (laid.boxes[n]?.x ?? 0) - box.width));
  }
});

test('[SQ42] the flow names every way there is, and lights the one that leads to a fault', () => {
  const survey: SurveyDocument = {
    ...surveyOf('plain'),
    loops: [{ id: 'l', items: [] }],
    quotas: [
      {
        id: 'full',
        name: 'Full',
        limit: 3,
        action: 'terminate',
        ending: 'out',
        if: { field: 'a', op: 'eq', value: 1 },
      },
      { id: 'warned', name: 'Warned', limit: 3, action: 'warn', ending: 'out' },
    ],
    pages: [
      { id: 'one', questions: [{ id: 'a', kind: 'nps', title: {}, skips: [{ if: always, to: 'three' }] }] },
      { id: 'two', loop: 'l', questions: [], showIf: always },
      { id: 'three', questions: [], skips: [{ to: 'out' }, { to: 'nowhere' }] },
    ],
    endings: [
      { id: 'good', title: {}, showIf: always },
      { id: 'plain', title: {} },
      { id: 'out', title: {} },
    ],
  };
  const flow = flowOf(survey);
  expect(flow.boxes.map(({ id }) => id)).toEqual(['one', 'two', 'three', 'good', 'plain', 'out']);
  expect(flow.ways.map(({ from, to, is }) => `${from} ${is} ${to}`)).toEqual([
    'one on two',
    'two on three',
    'good else plain',
    'one skip three',
    'one quota out',
    'three skip out',
    'two again two',
  ]);
  expect(flow.boxes[0]?.rows.map(({ at }) => at)).toEqual([
    'pages[0].questions[0]',
    'pages[0].questions[0].skips[0]',
    'quotas[0]',
    'quotas[1]',
  ]);
  const lit = litOf(flow, ['one', 'two@a', 'three']);
  expect([...lit.boxes]).toEqual(['one', 'two', 'three']);
  expect([...lit.ways].map((way) => flow.ways[way]?.is)).toEqual(['on', 'on']);
  expect([...litOf(flow, ['one', 'three']).ways].map((way) => flow.ways[way]?.is)).toEqual(['skip']);
  expect(
    pathOf(
      [
        [0, 0],
        [10, 0],
        [10, 20],
      ],
      4,
    ),
  ).toBe('M0 0L6 0Q10 0 10 4L10 20');
});
