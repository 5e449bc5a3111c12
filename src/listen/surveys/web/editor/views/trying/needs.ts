import { fieldsOf } from '@touchstone/domain/predicate';
import { fieldOf, pipesOf, type SurveyDocument } from '@touchstone/domain/survey';
import { conditionsOf, textsOf } from '@touchstone/domain/survey/design';

/** Traits of the person that conditions ask of or texts say, each once, in the order they are met. */
export function traitsOf(document: SurveyDocument): string[] {
  const names = [
    ...conditionsOf(document).flatMap(({ condition }) => fieldsOf(condition)),
    ...textsOf(document).flatMap(({ text }) => Object.values(text).flatMap(pipesOf)),
  ];
  const traits = names.flatMap((name) => {
    const field = fieldOf(name);
    return field?.of === 'person' ? [field.id] : [];
  });
  return [...new Set(traits)];
}
