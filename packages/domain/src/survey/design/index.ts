export { type Analysis, type FindingCode, type SurveyFinding, analyse } from './analyse.ts';
export { estimateSeconds } from './estimate.ts';
export type { DocumentProblem, JsonSchema } from './node.ts';
export { type Parsed, parseSurvey } from './parse.ts';
export {
  type Place,
  type PlacedCondition,
  type PlacedText,
  choiceLists,
  conditionsOf,
  placeOf,
  textsOf,
} from './places.ts';
export { surveySchema } from './schema.ts';
