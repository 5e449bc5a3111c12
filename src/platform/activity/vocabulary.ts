/**
 * `waiting` to begin, `running`; ended: `done`, `failed`; `attention`: nothing runs, and somebody should look.
 */
export const HAPPENING_STATES = ['waiting', 'running', 'done', 'failed', 'attention'] as const;
export type HappeningState = (typeof HAPPENING_STATES)[number];
