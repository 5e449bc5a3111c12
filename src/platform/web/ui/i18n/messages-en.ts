/** Every capability's English, in one chunk. */
export const messages = import.meta.glob<Record<string, string>>('../../../../**/messages.en.json', {
  eager: true,
  import: 'default',
});
