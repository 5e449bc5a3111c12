/** Every capability's Persian, in one chunk. */
export const messages = import.meta.glob<Record<string, string>>('../../../../**/messages.fa.json', {
  eager: true,
  import: 'default',
});
