import { setFlagsFromString } from 'node:v8';

let loading = 0;

/**
 * Does work that makes much garbage and holds little of it. Left to itself V8 lets the heap grow to some times of what lives
 * before it collects: hundreds of megabytes here, for as long as a file is read. Meanwhile it may double.
 */
export async function inSmallHeap<T>(work: () => Promise<T>): Promise<T> {
  if (loading++ === 0) setFlagsFromString('--heap-growing-percent=100');
  try {
    return await work();
  } finally {
    // 0: V8 decides by itself.
    if (--loading === 0) setFlagsFromString('--heap-growing-percent=0');
  }
}
