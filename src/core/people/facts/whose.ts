import type { FactsParams } from '../../../platform/stores/ports.ts';

/** Facts of some persons: a condition over `workspace` and `identity_no`, and its parameters. */
export interface Whose {
  readonly sql: string;
  readonly params: FactsParams;
}

/** More numbers than this do not fit into one parameter of a statement (128 KiB). */
export const MOST_NUMBERS = 5_000;

/** By their identities where a statement can carry them: an index finds those. Else by what the store itself knows of them. */
export function whoseFacts(workspaceId: string, personNos: readonly number[], identityNos: readonly number[]): Whose {
  const own = 'workspace = {workspace:String}';
  if (identityNos.length <= MOST_NUMBERS) {
    return {
      sql: `${own} AND identity_no IN {nos:Array(UInt32)}`,
      params: { workspace: workspaceId, nos: identityNos },
    };
  }
  // Narrowed to those that ever were theirs first: the view weighs every identity it is asked for.
  return {
    sql: `${own} AND identity_no IN (
      SELECT identity_no FROM identity_persons_now
      WHERE person_no IN {persons:Array(UInt32)}
        AND identity_no IN (SELECT identity_no FROM identity_persons WHERE person_no IN {persons:Array(UInt32)})
      UNION ALL SELECT arrayJoin({persons:Array(UInt32)}))`,
    params: { workspace: workspaceId, persons: personNos },
  };
}
