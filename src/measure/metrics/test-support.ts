import { expect } from 'vitest';
import type { z } from 'zod';
import { type TestWorkspace, type World, openWorld } from '../../../test/support/world.ts';
import { ZONE, made } from './test-data/counted.ts';
import { putShop } from './test-data/shop.ts';

/** From February to May. */
export const PERIOD = 'from=2026-02-01&to=2026-06-01';

/** An answer of the API with status 200, in this shape; asked with the usual key where none is given. */
export type Ask = <T extends z.ZodType>(shape: T, path: string, key?: string) => Promise<z.infer<T>>;

/** A workspace that holds the made shop, and its API asked with its own key. */
export async function openShop(): Promise<{ readonly world: World; readonly shop: TestWorkspace; readonly ask: Ask }> {
  const world = await openWorld();
  const shop = await world.workspace({ zone: ZONE });
  await putShop(world.house.facts, shop.id, made);
  const ask: Ask = async (shape, path, key = shop.secretKey) => {
    const answer = await world.api(key).get(`/api/v1${path}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return shape.parse(answer.body);
  };
  return { world, shop, ask };
}

type Numbers = Readonly<Record<'value' | 'low' | 'high', number | null>> & {
  readonly n: number;
  readonly people: number;
};

/** Whether a figure is the one that was worked anew. */
export function same(found: Numbers | undefined, wanted: Numbers, what: string): void {
  expect(found, what).toBeDefined();
  if (found === undefined) return;
  expect([found.n, found.people], what).toEqual([wanted.n, wanted.people]);
  for (const of of ['value', 'low', 'high'] as const) {
    const [a, b] = [found[of], wanted[of]];
    if (a === null || b === null) expect(a, `${what} ${of}`).toBe(b);
    else expect(a, `${what} ${of}`).toBeCloseTo(b, 9);
  }
}
