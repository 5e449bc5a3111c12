import { readFileSync } from 'node:fs';
import { DEFAULT_THEME } from '@mantine/core';
import { expect, test } from 'vitest';
import { cssVariables, theme } from './theme.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Tokens = ReadonlyMap<string, string>;

/** The tokens of a rule of tokens.css. */
function tokensOf(selector: string): Tokens {
  const [, body = ''] = css.split(`\n${selector} {`);
  return new Map(
    [...(body.split('\n}')[0] ?? '').matchAll(/^\s+--([\w-]+): ([^;]+);/gm)].map(([, name = '', value = '']) => [name, value]), // prettier-ignore
  );
}

const light = tokensOf(':root');
const dark: Tokens = new Map([...light, ...tokensOf(":root[data-mantine-color-scheme='dark']")]);
const schemes = { light, dark } as const;

/** Relative luminance of `#rrggbb` (WCAG 2.2, "relative luminance"). */
function luminance(hex: string): number {
  const [, r = '', g = '', b = ''] = /^#(..)(..)(..)$/.exec(hex) ?? [];
  const linear = [r, g, b].map((two) => {
    const c = Number.parseInt(two, 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (linear[0] ?? Number.NaN) + 0.7152 * (linear[1] ?? Number.NaN) + 0.0722 * (linear[2] ?? Number.NaN);
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const SURFACES = ['paper', 'card', 'sunk'];
const SHADES = [...light.keys()].filter((name) => name.startsWith('heat-'));

/** What is written in which colour, and on what. */
const TEXTS: readonly (readonly [text: string, surfaces: readonly string[]])[] = [
  ['ink', [...SURFACES, ...SHADES, 'accent-soft', 'better-soft', 'worse-soft']],
  ['soft', [...SURFACES, 'accent-soft', 'worse-soft']],
  ['faint', SURFACES],
  ['accent', [...SURFACES, 'accent-soft']],
  ['better', [...SURFACES, 'better-soft']],
  ['worse', [...SURFACES, 'worse-soft']],
  ['on-accent', ['accent']],
];

/** What is drawn in which colour: lines, dots, bars, edges of fields. */
const GRAPHICS: readonly (readonly [graphic: string, surfaces: readonly string[]])[] = [
  ['ink', SURFACES],
  ['accent', SURFACES],
  ['better', SURFACES],
  ['worse-mark', SURFACES],
  ['neither', SURFACES],
  ['control-line', SURFACES],
];

test.each(['light', 'dark'] as const)(
  '[WB16] text and graphics keep their contrast on every surface in %s',
  (scheme) => {
    const tokens = schemes[scheme];
    const weak = (pairs: typeof TEXTS, least: number): readonly string[] =>
      pairs.flatMap(([front, backs]) =>
        backs.flatMap((back) => {
          const ratio = contrast(tokens.get(front) ?? '', tokens.get(back) ?? '');
          // NaN is no number above the least: a token that is gone, or is no colour, is told too.
          return ratio >= least ? [] : [`${front} on ${back}: ${ratio.toFixed(2)}`];
        }),
      );
    expect(SHADES.length).toBeGreaterThan(10);
    expect(weak(TEXTS, 4.5)).toEqual([]);
    expect(weak(GRAPHICS, 3)).toEqual([]);
  },
);

test('[WB16] what stands on a filled button is read, and the shade of the theme is the accent', () => {
  const shades = { light: theme.colors?.['teal']?.[7] ?? '', dark: theme.colors?.['teal']?.[4] ?? '' };
  const clay = { light: theme.colors?.['clay']?.[7] ?? '', dark: theme.colors?.['clay']?.[4] ?? '' };
  for (const scheme of ['light', 'dark'] as const) {
    const onFilled = cssVariables(DEFAULT_THEME)[scheme]['--on-filled'] ?? '';
    expect(shades[scheme]).toBe(schemes[scheme].get('accent'));
    expect(contrast(onFilled, shades[scheme]), `teal, ${scheme}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onFilled, clay[scheme]), `clay, ${scheme}`).toBeGreaterThanOrEqual(4.5);
  }
});

test('[WB16] both schemes say every colour, and contrast is what the standard says it is', () => {
  const colours = (tokens: Tokens): readonly string[] =>
    [...tokens].filter(([, value]) => value.startsWith('#')).map(([name]) => name);
  expect(colours(tokensOf(":root[data-mantine-color-scheme='dark']"))).toEqual(colours(light));
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  // The grey that just passes on white.
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
