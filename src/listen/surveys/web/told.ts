import type { SurveyDocument } from '@touchstone/domain/survey';
import type { Survey } from '../contract.ts';

/** A survey as the API tells it. Its client cannot follow a type that holds itself, as conditions do, and calls the document unknown. */
export function told(answer: Omit<Survey, 'document'> & { readonly document: unknown }): Survey {
  return { ...answer, document: answer.document as SurveyDocument };
}
