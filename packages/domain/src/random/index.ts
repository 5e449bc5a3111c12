export { type Random, seeded } from './generator.ts';
export { chance, exponential, integer, logNormal, normal, pick, poisson, shuffled, weighted } from './draws.ts';
