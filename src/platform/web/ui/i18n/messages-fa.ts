/** Every capability's Persian, in one chunk, but for what comes late: the texts of help, and words of pages that are seldom opened. */
export const messages = import.meta.glob<Record<string, string>>(
  ['../../../../**/messages.fa.json', '!../help/**', '!../../../../**/web/words/**'],
  { eager: true, import: 'default' },
);
