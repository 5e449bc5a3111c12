/** Tags after which a line ends. */
const BREAKS = new Set(
  'address article blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** What stands within these is not read. */
const SILENT = new Set(['script', 'style', 'iframe', 'object', 'svg', 'template', 'title', 'noscript']);
/** What a text without them has lost. */
const LOST = new Set(['img', 'video', 'audio', 'iframe', 'script', 'object', 'embed', 'svg', 'input', 'map']);

/** Names of the characters 160 to 255, in their order (HTML 4.01, 24.2). */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
    ' ',
  );
const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN.map((name, i): [string, string] => [name, String.fromCharCode(160 + i)]),
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    hellip: '…',
    bull: '•',
    euro: '€',
    trade: '™',
    scaron: 'š',
    Scaron: 'Š',
    oelig: 'œ',
    OElig: 'Œ',
    rarr: '→',
    larr: '←',
    zwnj: '\u200c',
  }),
]);

export interface PlainText {
  readonly text: string;
  /** Whether it held more than words: pictures, sound, scripts. */
  readonly lost: boolean;
}

/** Whether a text looks as if it held tags. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?[a-zA-Z][^<>]{0,1000}>/u.test(text);
}

/** The words of a piece of HTML, a line for each block. Reads it once, from the front to the back. */
export function plainText(html: string): PlainText {
  const lower = html.toLowerCase();
  let text = '';
  let lost = false;
  // Where no tag ends any more, none is looked for.
  const lastEnd = html.lastIndexOf('>');
  for (let at = 0; at < html.length;) {
    const begin = html.indexOf('<', at);
    if (begin === -1) {
      text += entities(html.slice(at));
      break;
    }
    text += entities(html.slice(at, begin));
    if (html.startsWith('<!--', begin)) {
      at = after(html, '-->', begin + 4);
      continue;
    }
    const [, name = ''] = /^<[/!]?([a-z][a-z0-9]*)/u.exec(lower.slice(begin, begin + 30)) ?? [];
    // Looked for where a tag begins alone: each look may go to the end of the text.
    const end = name === '' || begin > lastEnd ? -1 : html.indexOf('>', begin);
    if (end === -1) {
      text += '<';
      at = begin + 1;
      continue;
    }
    lost ||= LOST.has(name);
    if (BREAKS.has(name)) text += '\n';
    const opens = lower[begin + 1] !== '/' && lower[end - 1] !== '/';
    at = opens && SILENT.has(name) ? after(html, '>', after(lower, `</${name}`, end)) : end + 1;
  }
  const lines = text.split('\n').map((line) => line.replace(/[^\S\u00a0]+/gu, ' ').trim());
  const kept = lines.filter((line, i) => line !== '' || (lines[i - 1] ?? '') !== '');
  return { text: kept.join('\n').trim(), lost };
}

/** Where a mark ends; the end of the text where it does not come. */
function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

function entities(text: string): string {
  // Line breaks of the source are no more than spaces.
  return text
    .replace(/\s+/gu, ' ')
    .replace(
      /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]\w{1,30}));/gu,
      (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
        if (name !== undefined) return NAMED.get(name) ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
      },
    );
}
