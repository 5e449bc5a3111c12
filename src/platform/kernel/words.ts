/** `1 message`, `3 messages`: a number and what is counted, in English, for a terminal or a log. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
