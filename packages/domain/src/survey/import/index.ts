export { ImportRefused, type Imported, type LeftOut, type LeftOutCode, type RefusalCode } from './left.ts';
export { importSurveyJs } from './surveyjs.ts';
export { importLimeSurvey } from './limesurvey.ts';
export type { LimeFile, LimeRow } from './limesurvey-tables.ts';
