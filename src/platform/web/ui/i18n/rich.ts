export interface RichPiece {
  readonly text: string;
  /** The name between `<` and `>`, where the words are marked. */
  readonly mark?: string;
}

/** Private characters of Unicode, which no message holds: between them stands the number of a value. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const KEPT = /\uE000(\d+)\uE001/g;

/** Splits `"they rate you <worse>2 lower</worse>."` into its pieces. Marks do not nest. */
export function splitRich(message: string): readonly RichPiece[] {
  const pieces: RichPiece[] = [];
  let last = 0;
  for (const found of message.matchAll(/<(\w+)>(.*?)<\/\1>/g)) {
    if (found.index > last) pieces.push({ text: message.slice(last, found.index) });
    pieces.push({ text: found[2] ?? '', mark: found[1] ?? '' });
    last = found.index + found[0].length;
  }
  if (last < message.length) pieces.push({ text: message.slice(last) });
  return pieces;
}

/**
 * The pieces of a message with its values in them. The marks are read first, while the values still stand as names in
 * private characters: a level that is called `<found>x</found>` is words and no mark.
 * @param write the message with the values given; it may write them in its own way
 */
export function fillRich(
  values: Readonly<Record<string, string | number>>,
  write: (values: Readonly<Record<string, string | number>>) => string,
): readonly RichPiece[] {
  const texts: string[] = [];
  const kept = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'number') return [name, value];
      texts.push(value);
      return [name, `${OPEN}${texts.length - 1}${CLOSE}`];
    }),
  );
  const filled = (text: string): string => text.replaceAll(KEPT, (_, index: string) => texts[Number(index)] ?? '');
  return splitRich(write(kept)).map((piece) => ({ ...piece, text: filled(piece.text) }));
}
