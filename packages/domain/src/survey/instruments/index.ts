import type { Instrument } from './instrument.ts';

export { inLanguages } from './in-languages.ts';
export type { Instrument } from './instrument.ts';

/** Surveys that are ready to be asked, each read when it is wanted. */
const READY: Readonly<Record<string, () => Promise<Instrument>>> = {
  nps: async () => (await import('./nps.ts')).nps,
  csat: async () => (await import('./csat.ts')).csat,
  ces: async () => (await import('./ces.ts')).ces,
  delivery: async () => (await import('./delivery.ts')).delivery,
  return: async () => (await import('./return.ts')).afterReturn,
  complaint: async () => (await import('./complaint.ts')).complaint,
  visit: async () => (await import('./visit.ts')).visit,
  'six-pillars': async () => (await import('./six-pillars.ts')).sixPillars,
  'five-dimensions': async () => (await import('./five-dimensions.ts')).fiveDimensions,
  'mystery-shopper': async () => (await import('./mystery-shopper.ts')).mysteryShopper,
  'five-senses': async () => (await import('./five-senses.ts')).fiveSenses,
  enps: async () => (await import('./enps.ts')).enps,
};

/** Of all ready surveys, in the order they are offered. */
export const INSTRUMENT_IDS: readonly string[] = Object.keys(READY);

/** A ready survey; undefined where there is none of that id. */
export async function readyInstrument(id: string): Promise<Instrument | undefined> {
  return Object.hasOwn(READY, id) ? READY[id]?.() : undefined;
}
