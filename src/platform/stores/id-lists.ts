/** A parameter travels in the address of a statement; the facts store takes 128 KiB of one. */
const MOST_BYTES = 100_000;
/** Quotes and the comma around an id, as an address spells them. */
const AROUND_BYTES = 12;

/** Ids in lists that one statement can take as a parameter, each id once, in their order. */
export function* idLists(ids: Iterable<string>): Generator<string[]> {
  let list: string[] = [];
  let bytes = 0;
  for (const id of new Set(ids)) {
    const own = encodeURIComponent(id).length + AROUND_BYTES;
    if (list.length > 0 && bytes + own > MOST_BYTES) {
      yield list;
      list = [];
      bytes = 0;
    }
    list.push(id);
    bytes += own;
  }
  if (list.length > 0) yield list;
}
