// Small, and run as soon as it is there: what it asks for comes beside the app's code, not after it.
import { earlyPages } from '../../web-early.ts';
import { askForPage } from './client/early.ts';
import { readSearch } from './ui/address.ts';
import { bookOf, firstLanguage } from './ui/i18n/books.ts';

// What goes wrong here goes wrong again where it is wanted, and is said there.
const quietly = (): undefined => undefined;
bookOf(firstLanguage()).catch(quietly);
const opened = earlyPages.find(({ path }) => path === location.pathname);
askForPage(opened, readSearch(location.search)).catch(quietly);
