import { randomBytes } from 'node:crypto';
import type { House } from '../../platform/house/house.ts';
import type { SurveyRow } from './records/surveys.ts';

type Vault = House['vault'];

/** Before a secret that this installation had no key to seal. */
const PLAIN = 'plain:';

/** A survey's own secret, as it is kept: sealed where this installation has a key. */
export function newSecret({ vault }: Pick<House, 'vault'>, surveyId: string): string {
  const secret = randomBytes(32).toString('base64url');
  return vault.available ? vault.seal(secret, placeOf(surveyId)) : `${PLAIN}${secret}`;
}

export function secretOf({ vault }: Pick<House, 'vault'>, { id, secret }: Pick<SurveyRow, 'id' | 'secret'>): string {
  return secret.startsWith(PLAIN) ? secret.slice(PLAIN.length) : vault.open(secret, placeOf(id));
}

/** The same secret, sealed by the present key. */
export function resealed(vault: Vault, { id, secret }: Pick<SurveyRow, 'id' | 'secret'>): string {
  const place = placeOf(id);
  return secret.startsWith(PLAIN) ? vault.seal(secret.slice(PLAIN.length), place) : vault.reseal(secret, place);
}

function placeOf(surveyId: string): string {
  return `surveys/${surveyId}`;
}
