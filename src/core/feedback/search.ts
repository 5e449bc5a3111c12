/** Letters that a keyboard without them writes otherwise, and that Unicode does not take apart. */
const OTHERWISE: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ة: 'ه',
  ە: 'ه',
  ٱ: 'ا',
};
/** Marks on letters, the joiner and the stretching stroke: they stand anywhere and say nothing. */
const MARKS = /[\p{Mn}\u200c\u0640]/gu;
/** The marks a text may have after a letter, few enough for the expression to stay small. */
const LATIN_MARKS = '[\\x{300}-\\x{36f}]?';
const ARABIC_MARKS = '[\\x{640}\\x{64b}-\\x{65f}\\x{670}\\x{200c}]*';
/** Where letters with marks, their forms and digits of other scripts stand in Unicode. */
const RANGES = [
  [0xc0, 0x24f],
  [0x370, 0x4ff],
  [0x621, 0x6fc],
  [0x1e00, 0x1fff],
  [0xfb50, 0xfdff],
  [0xfe70, 0xfefc],
  [0xff10, 0xff5a],
] as const;
/** Longer words are known by their beginning. */
const MOST_LETTERS = 24;

/** Without accents and other marks, in small letters, Arabic letters as Persian writes them, digits as 0 to 9. */
function folded(text: string): string {
  const plain = text.normalize('NFKD').replace(MARKS, '').toLowerCase();
  return [...plain].map((c) => OTHERWISE[c] ?? digitOf(c) ?? c).join('');
}

function digitOf(c: string): string | undefined {
  const code = c.charCodeAt(0);
  const zero = code >= 0x6f0 ? 0x6f0 : 0x660;
  return code >= zero && code < zero + 10 ? String(code - zero) : undefined;
}

let variants: Map<string, string> | undefined;

/** By plain letter or pair of letters: all that is folded to it. */
function variantsOf(letters: string): string {
  if (variants === undefined) {
    variants = new Map();
    for (const [from, to] of RANGES) {
      for (let code = from; code <= to; code++) {
        const c = String.fromCharCode(code);
        const plain = folded(c);
        if (plain !== c && plain.length > 0 && plain.length < 3) variants.set(plain, (variants.get(plain) ?? '') + c);
      }
    }
  }
  return variants.get(letters) ?? '';
}

const escaped = (c: string): string => c.replace(/[\\^$.*+?()[\]{}|-]/u, '\\$&');

function classOf(letter: string): string {
  const others = variantsOf(letter);
  return others === '' ? escaped(letter) : `[${escaped(letter)}${others}]`;
}

function marksAfter(letter: string): string {
  if (/\p{Script=Arabic}/u.test(letter)) return ARABIC_MARKS;
  return /\p{L}/u.test(letter) ? LATIN_MARKS : '';
}

/**
 * A regular expression (RE2, for `match` of the facts store) that finds a word in a text, whatever the case, accents and
 * other marks in either: `sao` finds `São`, `zazolc` finds `zażółć`, and Arabic ye and kaf are the Persian ones.
 */
export function searchPattern(word: string): string {
  const letters = [...folded(word)].slice(0, MOST_LETTERS);
  const parts: string[] = [];
  for (let i = 0; i < letters.length; i++) {
    const [one = '', two = ''] = letters.slice(i, i + 2);
    const joined = two === '' ? '' : variantsOf(one + two);
    if (joined === '') parts.push(classOf(one), marksAfter(one));
    else {
      parts.push(`(?:${classOf(one)}${marksAfter(one)}${classOf(two)}|[${joined}])`, marksAfter(two));
      i++;
    }
  }
  return `(?i)${parts.join('')}`;
}
