/** HTML that is safe to put into a page: made by `html`, which escapes whatever comes from outside. */
export class Html {
  constructor(readonly text: string) {}
}

type Given = Readonly<Record<string, string | number | boolean | undefined>>;
type Part = Html | string | number | false | undefined | readonly Part[];

/** A template whose values are escaped, unless they are HTML already; `false` and `undefined` leave nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let all = texts[0] ?? '';
  parts.forEach((part, i) => (all += written(part) + (texts[i + 1] ?? '')));
  return new Html(all);
}

/** Attributes, each with a space before it: `true` stands alone, `false` and `undefined` are left out. */
export function attributes(given: Given): Html {
  let all = '';
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    all += value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`;
  }
  return new Html(all);
}

/** A field of several lines. A parser drops its first line break: that one is ours, so that none of the writer's is lost. */
export function area(given: Given, text: string): Html {
  return new Html(`<textarea${attributes(given).text}>\n${escaped(text)}</textarea>`);
}

function written(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
