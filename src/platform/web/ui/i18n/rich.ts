export interface RichPiece {
  readonly text: string;
  /** The name between `<` and `>`, where the words are marked. */
  readonly mark?: string;
}

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
