import type { House } from '../../platform/house/house.ts';
import type { IdentityKind, LinkReason } from './vocabulary.ts';

/** All that this facade needs of the house, so that a worker thread can call it with its own stores. */
export type PeopleHouse = Pick<House, 'records' | 'facts' | 'clock'>;

/** One name a person is known by. The value as it arrived: e-mails and phones are evened out here. */
export interface IdentityKey {
  readonly kind: IdentityKind;
  readonly value: string;
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

/** A person as other pages show them: the id in addresses, and a name or the best there is. */
export interface PersonLabel {
  readonly id: string;
  readonly label: string;
}
