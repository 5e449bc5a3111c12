import en from '../../src/platform/web/messages.en.json';
import fa from '../../src/platform/web/messages.fa.json';
import pl from '../../src/platform/web/messages.pl.json';
import ru from '../../src/platform/web/messages.ru.json';
import sl from '../../src/platform/web/messages.sl.json';

/** What a page says while something is on its way, in every language. Imported, so that benchmarks have it in their bundle. */
export const LOADING: readonly string[] = [en, ru, pl, sl, fa].map((messages) => messages['web.loading']);
