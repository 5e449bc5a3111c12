/** What codes stand for: one line each. */
export const HANGING = ['place', 'locationId', 'touchpoint', 'orderId'] as const;
export type Hanging = (typeof HANGING)[number];

/** A code as the API takes it. */
export type Wanted = { readonly name: string } & Partial<Readonly<Record<Hanging, string>>>;

/** As many as are shown, and printed, at once. */
export const MOST_CODES = 60;

/**
 * Lines as codes, each line once. `7 = Table 7` says what it stands for and what stands beneath it; without `=` both are
 * the same.
 */
export function codesOf(text: string, as: Hanging): Wanted[] {
  const codes = new Map<string, Wanted>();
  for (const line of text.split('\n')) {
    const [value = '', ...rest] = line.split('=');
    const said = value.trim().slice(0, 100);
    const name = rest.join('=').trim().slice(0, 120) || said;
    if (said !== '' && !codes.has(said)) codes.set(said, { name, [as]: said });
  }
  return [...codes.values()].slice(0, MOST_CODES);
}

/** Of the ids that were chosen, in the order of the list. */
export function codesOfTouchpoints(
  touchpoints: readonly { readonly id: string; readonly name: string }[],
  chosen: readonly string[],
): Wanted[] {
  return touchpoints
    .filter(({ id }) => chosen.includes(id))
    .map(({ id, name }) => ({ name, touchpoint: id }))
    .slice(0, MOST_CODES);
}

/** Of what survey, in which workspace: a link has to name it. */
export interface Place {
  readonly surveyId: string;
  readonly workspace: string;
}

/** Where the picture of a code is had. */
export function pictureOf({ surveyId, workspace }: Place, code: Wanted, as: 'svg' | 'png'): string {
  return `/api/v1/surveys/${surveyId}/code?${new URLSearchParams({ ...code, as, workspace }).toString()}`;
}

/** Letters of an address that every server takes. */
const MOST_LETTERS = 8_000;

/** Where sheets to print are had: as few as hold all codes, each with how many are on it. */
export function sheetsOf({ surveyId, workspace }: Place, codes: readonly Wanted[], as: Hanging, call: string) {
  const sheets: { href: string; count: number }[] = [];
  for (const code of codes) {
    const value = code[as] ?? '';
    const part = `&${new URLSearchParams({ code: value === code.name ? value : `${value}=${code.name}` }).toString()}`;
    const last = sheets.at(-1);
    if (last !== undefined && last.href.length + part.length <= MOST_LETTERS) {
      last.href += part;
      last.count++;
    } else {
      const first = new URLSearchParams({ as, call, workspace }).toString();
      sheets.push({ href: `/api/v1/surveys/${surveyId}/codes/sheet?${first}${part}`, count: 1 });
    }
  }
  return sheets;
}
