import { z } from 'zod';
import type { Facts, FactsParams } from '../../../platform/stores/ports.ts';
import { Numbers } from '../numbers.ts';
import { MOST_NUMBERS } from './whose.ts';

const present = z.object({ no: z.number() });

/** @param narrowed a condition over `identity_no` */
function identities(facts: Facts, params: FactsParams, narrowed: string): AsyncIterable<{ no: number }[]> {
  const of = (view: string) =>
    `SELECT identity_no AS no FROM ${view} WHERE workspace = {workspace:String} AND ${narrowed}`;
  const all = ['v_events', 'v_feedback', 'v_orders'].map(of).join(' UNION ALL ');
  return facts.stream(present, `SELECT DISTINCT no FROM (${all})`, params);
}

/** The identities that any event, answer or order of a workspace is of: goes over all of its facts. */
export async function selectPresent(facts: Facts, workspace: string): Promise<Pick<Numbers, 'has'>> {
  const found = new Numbers();
  const rows = identities(facts, { workspace }, 'identity_no != 0');
  for await (const part of rows) for (const { no } of part) found.add(no);
  return found;
}

/** Those among some identities. */
export async function selectPresentAmong(
  facts: Facts,
  workspace: string,
  identityNos: readonly number[],
): Promise<Pick<Numbers, 'has'>> {
  const found = new Numbers();
  for (let i = 0; i < identityNos.length; i += MOST_NUMBERS) {
    const nos = identityNos.slice(i, i + MOST_NUMBERS);
    const rows = identities(facts, { workspace, nos }, 'identity_no IN {nos:Array(UInt32)}');
    for await (const part of rows) for (const { no } of part) found.add(no);
  }
  return found;
}
