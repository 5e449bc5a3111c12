import { z } from 'zod';
import { openWorld, type TestWorkspace, type World } from './world.ts';
import { allotIdentities, type IdentityKey, type LinkClaim } from '../../src/core/people/facade.ts';

export const AT = '2026-03-01T10:00:00.000Z';

export const user = (value: string): IdentityKey => ({ kind: 'user', value });
export const anonymous = (value: string): IdentityKey => ({ kind: 'anonymous', value });
export const email = (value: string): IdentityKey => ({ kind: 'email', value });
export const seen = (key: IdentityKey) => ({ ...key, at: AT });
export const claim = (a: IdentityKey, b: IdentityKey, reason: LinkClaim['reason'] = 'identify') => ({
  a,
  b,
  reason,
  at: AT,
});

const number = z.object({ person_no: z.number() });
const traitRow = z.object({ person_no: z.number(), traits: z.string() });

/** A world with a workspace, and what both stores know of its people. */
export interface Crowd {
  readonly world: World;
  readonly shop: TestWorkspace;
  /** Their numbers, rising in the order given. */
  allot(...keys: IdentityKey[]): Promise<number[]>;
  /** Whose facts with these numbers are, as the facts store sees it. */
  personsInFacts(numbers: readonly number[]): Promise<number[]>;
  traitsInFacts(personNo: number): Promise<unknown>;
}

export async function openCrowd(): Promise<Crowd> {
  const world = await openWorld();
  const shop = await world.workspace();
  const { facts } = world.house;
  return {
    world,
    shop,
    allot: async (...keys) => {
      const numbers: number[] = [];
      for (const key of keys) {
        numbers.push(...(await allotIdentities(world.house, shop.id, [seen(key)], 'http')).values());
      }
      return numbers;
    },
    personsInFacts: async (numbers) => {
      const rows = await facts.query(
        number,
        `SELECT dictGetOrDefault('identity_person', 'person_no', toUInt64(no), no) AS person_no
         FROM (SELECT arrayJoin({nos:Array(UInt32)}) AS no)`,
        { nos: numbers },
      );
      return rows.map((r) => r.person_no);
    },
    traitsInFacts: async (personNo) => {
      const rows = await facts.query(
        traitRow,
        'SELECT person_no, traits FROM v_people WHERE workspace = {workspace:String} AND person_no = {no:UInt32}',
        { workspace: shop.id, no: personNo },
      );
      return rows[0] === undefined ? null : JSON.parse(rows[0].traits);
    },
  };
}
