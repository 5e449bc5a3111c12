/** Every capability's Polish, in one chunk. */
export const messages = import.meta.glob<Record<string, string>>('../../../../**/messages.pl.json', {
  eager: true,
  import: 'default',
});
