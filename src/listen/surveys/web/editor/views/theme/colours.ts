import { contrast, isDark } from '@touchstone/sdk/survey';

/** Two colours that meet on an answering page, and how well one is told from the other (WCAG 2.2, 1.4.3). */
export interface ColourCheck {
  readonly what: 'text' | 'accent' | 'button';
  /** 1 to 21. */
  readonly ratio: number;
  readonly needed: number;
  readonly passes: boolean;
}

export interface Colours {
  readonly accent: string;
  readonly background: string;
}

/** What text has to reach. */
const TEXT = 4.5;

/** The quietest text of a page, by its background: `--soft` of the page's style. */
const SOFT = { light: '#5b564e', dark: '#c3bcb0' } as const;

export function checksOf({ accent, background }: Colours): ColourCheck[] {
  const check = (what: ColourCheck['what'], ratio: number): ColourCheck => ({
    what,
    ratio,
    needed: TEXT,
    passes: ratio >= TEXT,
  });
  return [
    check('text', textContrast(background)),
    check('accent', contrast(accent, background)),
    check('button', buttonContrast(accent)),
  ];
}

/** The colours closest to these with which everything can be read: the background is changed only where it has to be. */
export function nearestGood({ accent, background }: Colours): Colours | undefined {
  const paper = nearest(background, (colour) => textContrast(colour) >= TEXT);
  if (paper === undefined) return undefined;
  const ink = nearest(accent, (colour) => contrast(colour, paper) >= TEXT && buttonContrast(colour) >= TEXT);
  return ink === undefined ? undefined : { accent: ink, background: paper };
}

function textContrast(background: string): number {
  return contrast(isDark(background) ? SOFT.dark : SOFT.light, background);
}

/** Of the words on a button, which are light or dark as its colour asks. */
function buttonContrast(accent: string): number {
  return contrast(isDark(accent) ? '#ffffff' : '#16161a', accent);
}

/** The colour itself, else the one on its way to black or white that takes the fewest steps. */
function nearest(colour: string, good: (colour: string) => boolean): string | undefined {
  for (let step = 0; step <= STEPS; step++) {
    const found = ['#000000', '#ffffff'].map((end) => mixed(colour, end, step / STEPS)).find(good);
    if (found !== undefined) return found;
  }
  return undefined;
}

const STEPS = 100;

function mixed(one: string, other: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [one, other].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * share);
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Whether a text is a colour as the survey keeps it. */
export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/iu.test(text);
}

const LOGO = /^(https:\/\/[^\s<>"]+|data:image\/(png|jpeg|gif|webp|svg\+xml)[;,][A-Za-z0-9+/=%;,:._~!()*-]+)$/u;

/** Whether a text is a logo as the survey keeps it. */
export function isLogo(text: string): boolean {
  return LOGO.test(text);
}
