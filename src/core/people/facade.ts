import type { House } from '../../platform/house/house.ts';
import type { IdentityKind, LinkReason } from './vocabulary.ts';

/** All that this facade needs of the house, so that a worker thread can call it with its own stores. */
export type PeopleHouse = Pick<House, 'records' | 'facts' | 'clock'>;

/** One name a person is known by. The value as it arrived: e-mails and phones are evened out here. */
export interface IdentityKey {
  readonly kind: IdentityKind;
  readonly value: string;
}

/** How an IdentityKey is spelled as the key of a Map: `user\n42`. */
export function keyOf(key: IdentityKey): string {
  return `${key.kind}\n${key.value}`;
}

/** A key and when it was seen: RFC 3339, or as the facts store writes it. */
export interface SeenKey extends IdentityKey {
  readonly at: string;
}

/** Two identities held to be one person. */
export interface LinkClaim {
  readonly a: IdentityKey;
  readonly b: IdentityKey;
  readonly reason: LinkReason;
  readonly at: string;
}

export interface TraitsClaim {
  readonly identityNo: number;
  /** Null takes a trait away. */
  readonly traits: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/**
 * The number of each identity, keyed by `keyOf` of the key as it was passed; unknown ones are allotted the next.
 * Made for batches of thousands. A number once given stays, so this takes part in no transaction of the caller's.
 * @param source 'http' or an import's id: kept as evidence, taken back by `removeSource`
 */
export function allotIdentities(
  _house: PeopleHouse,
  _workspaceId: string,
  _keys: readonly SeenKey[],
  _source: string,
): Promise<Map<string, number>> {
  throw new Error('not built yet');
}

/**
 * Joins the persons of each claim's two identities (allotting them where they are new), and makes the change visible
 * to every later query of the facts. A claim that would give one person two user ids is kept as `declined`, unless its
 * reason is `alias` or `member`; one that a member took apart stays apart.
 */
export function linkIdentities(
  _house: PeopleHouse,
  _workspaceId: string,
  _claims: readonly LinkClaim[],
  _source: string,
): Promise<{ linked: number; declined: number }> {
  throw new Error('not built yet');
}

/** Sets traits. Per trait the latest `at` holds, whatever order they arrive in; each source's are kept apart. */
export function setTraits(
  _house: PeopleHouse,
  _workspaceId: string,
  _claims: readonly TraitsClaim[],
  _source: string,
): Promise<void> {
  throw new Error('not built yet');
}

/** Takes back the traits a source gave: of these identities, or of all. What other sources said holds again. */
export function removeTraits(
  _house: PeopleHouse,
  _workspaceId: string,
  _source: string,
  _identities?: readonly number[],
): Promise<void> {
  throw new Error('not built yet');
}

/** Takes back all that a source said: traits, links, and identities nobody else named (their numbers stay theirs). */
export function removeSource(_house: PeopleHouse, _workspaceId: string, _source: string): Promise<void> {
  throw new Error('not built yet');
}

/** The number of the person behind each known identity, keyed by `keyOf`; unknown ones are left out. */
export function personsOf(
  _house: PeopleHouse,
  _workspaceId: string,
  _keys: readonly IdentityKey[],
): Promise<Map<string, number>> {
  throw new Error('not built yet');
}

/** A person as other pages show them: the id in addresses, and a name or the best there is. */
export interface PersonLabel {
  readonly id: string;
  readonly label: string;
}

/** Labels of persons by number; unknown numbers are left out. */
export function personLabels(
  _house: PeopleHouse,
  _workspaceId: string,
  _personNos: readonly number[],
): Promise<Map<number, PersonLabel>> {
  throw new Error('not built yet');
}
