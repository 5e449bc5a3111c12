/*
 * Reads SPSS system files as "System File Format" of the manual of PSPP describes them, by itself: it shares nothing with
 * the writer.
 */

export interface SavVariable {
  readonly name: string;
  readonly label: string;
  /** 0 of numbers. */
  readonly width: number;
  readonly missing: readonly number[];
  readonly format: string;
  readonly measure: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface SavFile {
  readonly title: string;
  readonly cases: number;
  readonly encoding: string;
  readonly variables: readonly SavVariable[];
  /** By name: the names of their variables. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  readonly rows: readonly Readonly<Record<string, number | string | null>>[];
}

interface Raw {
  readonly short: string;
  readonly width: number;
  readonly label: string;
  readonly missing: readonly number[];
  readonly format: number;
  /** Pieces of eight bytes, and the number of the first, from 1. */
  pieces: number;
  readonly first: number;
}

const FORMATS: Readonly<Record<number, string>> = { 1: 'A', 5: 'F', 22: 'DATETIME', 39: 'SDATE' };

export function readSav(file: Buffer): SavFile {
  let at = 0;
  const int = (): number => file.readInt32LE((at += 4) - 4);
  const double = (): number => file.readDoubleLE((at += 8) - 8);
  const text = (bytes: number): string =>
    file
      .subarray(at, (at += bytes))
      .toString()
      .replace(/ +$/, '');

  if (text(4) !== '$FL2') throw new Error('not a system file');
  text(60);
  const [layout, places, compression, , cases] = [int(), int(), int(), int(), int()];
  const bias = double();
  text(17);
  const title = text(64);
  at += 3;
  if (layout !== 2 || compression !== 1) throw new Error('another layout');

  const raws: Raw[] = [];
  const labels = new Map<number, Record<string, string>>();
  const extensions = new Map<number, Buffer>();
  let counted = 0;
  for (let type = int(); type !== 999; type = int()) {
    if (type === 2) {
      const [width, labelled, missing, format] = [int(), int(), int(), int()];
      int();
      const short = text(8);
      counted++;
      const bytes = labelled === 1 ? int() : 0;
      const label = text(bytes);
      at += (4 - (bytes % 4)) % 4;
      const values = Array.from({ length: missing }, double);
      const last = raws.at(-1);
      if (width >= 0) raws.push({ short, width, label, missing: values, format, pieces: 1, first: counted });
      else if (last !== undefined) last.pieces++;
    } else if (type === 3) {
      const own = Array.from({ length: int() }, () => {
        const value = Buffer.from(file.subarray(at, (at += 8)));
        const bytes = file[at++] ?? 0;
        const label = text(bytes);
        at += (8 - ((bytes + 1) % 8)) % 8;
        return [value, label] as const;
      });
      if (int() !== 4) throw new Error('labels of no variable');
      for (let n = int(); n > 0; n--) {
        const index = int();
        const numeric = raws.find((raw) => raw.first === index)?.width === 0;
        labels.set(index, Object.fromEntries(own.map(([v, l]) => [numeric ? v.readDoubleLE(0) : v.toString().trim(), l]))); // prettier-ignore
      }
    } else if (type === 7) {
      const [subtype, size, count] = [int(), int(), int()];
      if ([...extensions.keys()].some((before) => before >= subtype)) throw new Error('records out of their order');
      extensions.set(subtype, file.subarray(at, (at += size * count)));
    } else throw new Error(`a record of type ${type}`);
  }
  at += 4;
  if (counted !== places) throw new Error('the header says another number of places');

  const long = pairs(extensions.get(13), '\t');
  const wide = pairs(extensions.get(14), '\0\t');
  const shown = extensions.get(11);
  const texts = longLabels(extensions.get(21));
  const whole: { raw: Raw; width: number; segments: number; variable: SavVariable }[] = [];
  for (let i = 0; i < raws.length;) {
    const raw = raws[i] as Raw;
    const width = Number(wide[raw.short] ?? raw.width);
    const segments = width > 255 ? Math.ceil(width / 252) : 1;
    const name = long[raw.short] ?? raw.short;
    const measure = ['', 'nominal', 'ordinal', 'scale'][shown?.readInt32LE(i * 12) ?? 0] ?? '';
    const format = `${FORMATS[raw.format >> 16]}${(raw.format >> 8) & 255}.${raw.format & 255}`;
    const own = texts[name] ?? labels.get(raw.first) ?? {};
    whole.push({ raw, width, segments, variable: { name, label: raw.label, width, missing: raw.missing, format, measure, labels: own } }); // prettier-ignore
    i += segments;
  }
  const nameOf = (short: string): string => long[short.toUpperCase()] ?? short;
  const sets = Object.fromEntries(
    [...(extensions.get(7)?.toString() ?? '').matchAll(/^\$(\S+)=D1 1 (\d+) (.*)$/gm)].map(([, name, bytes, rest]) => {
      const members = Buffer.from(rest ?? '')
        .subarray(Number(bytes))
        .toString()
        .trim()
        .split(' ')
        .map(nameOf);
      return [name, members];
    }),
  );

  const rows: Record<string, number | string | null>[] = [];
  let codes: number[] = [];
  /** The next eight bytes of data, or what stands for them. */
  const next = (): Buffer | number | null | 'end' => {
    for (;;) {
      if (codes.length === 0) {
        if (at >= file.length) return 'end';
        codes = [...file.subarray(at, (at += 8))];
      }
      const code = codes.shift() ?? 0;
      if (code === 0) continue;
      if (code === 252) return 'end';
      if (code === 253) return file.subarray(at, (at += 8));
      if (code === 254) return Buffer.from(' '.repeat(8));
      return code === 255 ? null : code - bias;
    }
  };
  const ended = (within: number): SavFile => {
    if (within > 0) throw new Error('the file ends within a case');
    if (at !== file.length) throw new Error('something follows the end');
    const encoding = extensions.get(20)?.toString() ?? '';
    return { title, cases: cases ?? 0, encoding, variables: whole.map((one) => one.variable), sets, rows };
  };
  for (;;) {
    const row: Record<string, number | string | null> = {};
    for (const [i, { raw, width, segments, variable }] of whole.entries()) {
      if (width === 0) {
        const value = next();
        if (value === 'end') return ended(i);
        row[variable.name] = Buffer.isBuffer(value) ? value.readDoubleLE(0) : value;
        continue;
      }
      const parts: Buffer[] = [];
      const from = raws.indexOf(raw);
      for (const segment of raws.slice(from, from + segments)) {
        const pieces: Buffer[] = [];
        for (let n = 0; n < segment.pieces; n++) {
          const value = next();
          if (value === 'end') return ended(i + n);
          if (!Buffer.isBuffer(value)) throw new Error('a number within a text');
          pieces.push(value);
        }
        parts.push(Buffer.concat(pieces).subarray(0, Math.min(segment.width, 255)));
      }
      row[variable.name] = Buffer.concat(parts).toString().replace(/ +$/, '');
    }
    rows.push(row);
  }
}

function pairs(record: Buffer | undefined, end: string): Readonly<Record<string, string>> {
  const parts = (record?.toString() ?? '').split(end).filter((part) => part !== '');
  return Object.fromEntries(parts.map((part) => part.split('=') as [string, string]));
}

function longLabels(record: Buffer | undefined): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const found: Record<string, Record<string, string>> = {};
  let at = 0;
  const int = (): number => record?.readInt32LE((at += 4) - 4) ?? 0;
  const text = (bytes: number): string => record?.subarray(at, (at += bytes)).toString() ?? '';
  while (record !== undefined && at < record.length) {
    const name = text(int());
    int();
    const own: Record<string, string> = {};
    for (let n = int(); n > 0; n--) {
      const value = text(int()).trim();
      own[value] = text(int());
    }
    found[name] = own;
  }
  return found;
}
