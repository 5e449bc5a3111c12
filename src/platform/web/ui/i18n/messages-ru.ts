/** Every capability's Russian, in one chunk. */
export const messages = import.meta.glob<Record<string, string>>('../../../../**/messages.ru.json', {
  eager: true,
  import: 'default',
});
