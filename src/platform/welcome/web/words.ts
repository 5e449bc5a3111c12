import { useMoreWords } from '../../web/ui/index.ts';

const books = import.meta.glob<Readonly<Record<string, string>>>('./words/messages.*.json', { import: 'default' });

/** Each page of this folder begins with it. */
export function useWelcomeWords(): void {
  useMoreWords('welcome', async (language) => (await books[`./words/messages.${language}.json`]?.()) ?? {});
}
