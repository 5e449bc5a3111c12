import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_MS = 5_000;
/** A thread that works for a smaller part of its time has the moment that a collection takes. */
const IDLE_SHARE = 0.2;
/** What is worth a collection. */
const WORTH_BYTES = 24_000_000;
/** Room for new objects is given back by the second collection, when few have been made since the first. */
const COLLECTIONS = 2;

/** What a thread does and holds, as it is seen every few seconds. */
export interface Look {
  /** Part of the time since the look before that the thread has worked: 0 to 1. */
  readonly busy: number;
  /** What its heap takes of the machine's memory, and what it keeps outside of it. */
  readonly bytes: number;
}

/** What collects all garbage of this thread at once. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('This Node.js has no collection of garbage on request.');
  return () => void Reflect.apply(collect, undefined, []);
}

/** Told of each look, says whether to collect now: when little is done after much was made. */
export function whenToGiveBack(): (look: Look) => boolean {
  let least = Number.POSITIVE_INFINITY;
  let left = 0;
  return ({ busy, bytes }) => {
    least = Math.min(least, bytes);
    if (bytes - least >= WORTH_BYTES && left === 0) left = COLLECTIONS;
    if (busy >= IDLE_SHARE || left === 0) return false;
    left--;
    // What stays after the last of them is no garbage: only what comes on top counts.
    if (left === 0) least = Number.POSITIVE_INFINITY;
    return true;
  };
}

/**
 * Gives the memory that a load has left in this thread back to the machine once little is done. V8 collects while objects
 * are made: where none are, what is dead stays for as long as nothing happens. Ends with the thread.
 */
export function giveBackWhenIdle(): void {
  const collect = collector();
  const due = whenToGiveBack();
  let before = performance.eventLoopUtilization();
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const busy = performance.eventLoopUtilization(now, before).utilization;
    before = now;
    const { total_heap_size: heap, external_memory: outside } = getHeapStatistics();
    if (due({ busy, bytes: heap + outside })) collect();
  }, LOOK_MS).unref();
}
