/** Every capability's Polish, in one chunk, but for what comes late: the texts of help, and words of pages that are seldom opened. */
export const messages = import.meta.glob<Record<string, string>>(
  ['../../../../**/messages.pl.json', '!../help/**', '!../../../../**/web/words/**'],
  { eager: true, import: 'default' },
);
