import { z } from 'zod';
import type { JobKind } from '../../platform/jobs/ports.ts';

/** Brings what was answered among the facts. */
export const tellFacts: JobKind<Record<string, never>> = {
  name: 'surveys.tell',
  input: z.object({}).strict(),
  key: () => 'all',
};

/** Ends responses that nobody may go on with any more. */
export const endResponses: JobKind<Record<string, never>> = { name: 'surveys.end', input: z.object({}).strict() };

/** Removes files that respondents sent and that are no answer of theirs. */
export const sweepSurveyFiles: JobKind<Record<string, never>> = {
  name: 'surveys.sweep-files',
  input: z.object({}).strict(),
};
