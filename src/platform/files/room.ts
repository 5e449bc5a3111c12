import { Problem } from '../kernel/problem.ts';
import type { SpaceWatch } from '../stores/space.ts';

export type Room = Pick<SpaceWatch, 'refusal'>;

/** Throws Problem `no-room` while the disk is kept for what stands there. */
export function refuseWithoutRoom(space: Room): void {
  const refusal = space.refusal();
  if (refusal !== undefined) throw noRoom(refusal);
}

export function noRoom(detail: string): Problem {
  return new Problem('no-room', detail, { mend: 'Make room on the disk, then send the file again.' });
}
