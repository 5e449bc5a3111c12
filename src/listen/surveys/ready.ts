import type { Language } from '@touchstone/domain/languages';
import { type Localized, textIn } from '@touchstone/domain/survey';
import { estimateSeconds } from '@touchstone/domain/survey/design';
import { INSTRUMENT_IDS, inLanguages, readyInstrument } from '@touchstone/domain/survey/instruments';
import { notFound } from '../../platform/kernel/problem.ts';
import { type ReadyInstrument, surveySettings } from './contract.ts';
import type { SurveyRow } from './records/surveys.ts';

/** All surveys that are ready to be asked, told of in a language. */
export async function readyInstruments(language: Language): Promise<ReadyInstrument[]> {
  const all = await Promise.all(INSTRUMENT_IDS.map((id) => readyInstrument(id)));
  return all.flatMap((one) => {
    if (one === undefined) return [];
    const say = (text: Localized): string => textIn(one.document, text, language);
    return [
      {
        id: one.id,
        name: say(one.name),
        measures: say(one.measures),
        when: say(one.when),
        structure: say(one.structure),
        sources: [...one.sources],
        trademark: one.trademark === null ? null : say(one.trademark),
        questions: one.document.pages.reduce((sum, page) => sum + page.questions.length, 0),
        seconds: estimateSeconds(one.document, language),
        anonymous: one.anonymous === true,
      },
    ];
  });
}

/** A ready survey in some languages, to be made. Throws Problem where there is none of that id. */
export async function surveyOfInstrument(
  id: string,
  languages: readonly Language[],
  name: string | undefined,
): Promise<Pick<SurveyRow, 'name' | 'draft' | 'settings'>> {
  const found = await readyInstrument(id);
  if (found === undefined) throw notFound('instrument');
  const [first = 'en', ...others] = new Set(languages);
  return {
    name: name ?? textIn(found.document, found.name, first),
    draft: inLanguages(found.document, [first, ...others]),
    settings: surveySettings.parse({ anonymous: found.anonymous === true }),
  };
}
