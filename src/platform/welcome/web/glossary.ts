/** Of several words each has to occur, in any order and case, accents aside. */
export function foundIn<T>(all: readonly T[], words: string, textOf: (one: T) => string): readonly T[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const text = plain(textOf(one));
    return wanted.every((word) => text.includes(word));
  });
}

/** Persian joins the parts of a word by what many leave out, and has letters that Arabic keyboards write otherwise. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\p{Mn}\u200c]/gu, '')
    .replace(/ł/giu, 'l')
    .replace(/[يى]/gu, 'ی')
    .replace(/ك/gu, 'ک')
    .toLocaleLowerCase();
}
