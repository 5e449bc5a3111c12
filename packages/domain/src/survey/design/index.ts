export type { DocumentProblem, JsonSchema } from './node.ts';
export { type Parsed, parseSurvey } from './parse.ts';
export { type Place, type PlacedCondition, type PlacedText, choiceLists, conditionsOf, textsOf } from './places.ts';
export { surveySchema } from './schema.ts';
