/**
 * How far the demo company has come in a workspace. `waiting`: a job will begin; `people`, `stories`, `orders`: what is being made;
 * `removing`: it is taken out again.
 */
export const DEMO_STATES = ['none', 'waiting', 'people', 'stories', 'orders', 'done', 'failed', 'removing'] as const;
export type DemoState = (typeof DEMO_STATES)[number];

/** Of how many people the company may be. */
export const MOST_PEOPLE = 100_000;
