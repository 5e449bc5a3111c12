import { useMoreWords } from '../../../platform/web/ui/index.ts';

const BOOKS = import.meta.glob<Readonly<Record<string, string>>>('./words/messages.*.json', { import: 'default' });

/** The words of results come with their pages. Called at a page's beginning: suspends until they are there. */
export function useResultWords(): void {
  useMoreWords('responses', async (language) => (await BOOKS[`./words/messages.${language}.json`]?.()) ?? {});
}
