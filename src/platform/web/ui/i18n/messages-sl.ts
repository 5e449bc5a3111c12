/** Every capability's Slovene, in one chunk. */
export const messages = import.meta.glob<Record<string, string>>('../../../../**/messages.sl.json', {
  eager: true,
  import: 'default',
});
