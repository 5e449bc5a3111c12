import { isIP } from 'node:net';
import * as client from 'openid-client';
import type { House } from '../house/house.ts';
import { Problem, badInput } from '../kernel/problem.ts';
import type { ProviderRow } from './records.ts';

const PATIENCE_SECONDS = 10;

export const secretPlace = (workspaceId: string): string => `sign_in_providers/${workspaceId}`;

/** What a provider says of somebody. */
export interface Named {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
}

/** What this browser has to bring back; kept sealed in a cookie. */
export interface Attempt {
  readonly workspaceId: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
  readonly untilMs: number;
}

export const callbackUrl = (house: House): string => `${house.config.publicUrl}/api/v1/sign-in/callback`;

/** https, but for a provider on this machine. */
export function checkIssuer(issuer: string): URL {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const usable = url !== undefined && url.username === '' && url.search === '' && url.hash === '';
  if (!usable || (url.protocol !== 'https:' && !isHere(url))) {
    throw badInput('issuer', issuer, 'The issuer is an https address.', 'Take it from the provider’s settings.');
  }
  return url;
}

function isHere({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && (hostname === 'localhost' || (isIP(hostname) === 4 && hostname.startsWith('127.')));
}

/** Reads the provider's own description. Throws Problem `bad-input` where it does not answer as a provider. */
export async function discover(issuer: string, clientId: string, secret: string): Promise<client.Configuration> {
  const url = checkIssuer(issuer);
  try {
    const found = await client.discovery(url, clientId, secret, undefined, {
      timeout: PATIENCE_SECONDS,
      execute: isHere(url) ? [client.allowInsecureRequests] : [],
    });
    // The signature of what it says is checked, also where it came straight from it.
    client.enableNonRepudiationChecks(found);
    return found;
  } catch {
    throw badInput('issuer', issuer, 'This address does not answer as an OpenID Connect provider.', 'Check the address, and that this server reaches it.', { code: 'no-provider-there' }); // prettier-ignore
  }
}

/** For somebody who signs in, and cannot mend the settings. */
async function configurationOf(house: House, provider: ProviderRow): Promise<client.Configuration> {
  const { issuer, clientId, sealedSecret, workspaceId } = provider;
  const secret = house.vault.open(sealedSecret, secretPlace(workspaceId));
  try {
    return await discover(issuer, clientId, secret);
  } catch {
    throw new Problem('unauthenticated', 'The provider does not answer.', {
      mend: 'Try again later.',
      code: 'provider-unanswered',
    });
  }
}

/** Where to send the browser, and what it has to bring back. */
export async function beginAttempt(
  house: House,
  provider: ProviderRow,
  next: string,
): Promise<{ to: URL; attempt: Attempt }> {
  const config = await configurationOf(house, provider);
  const verifier = client.randomPKCECodeVerifier();
  const attempt: Attempt = {
    workspaceId: provider.workspaceId,
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier,
    next,
    untilMs: house.clock.now().getTime() + 10 * 60_000,
  };
  const to = client.buildAuthorizationUrl(config, {
    redirect_uri: callbackUrl(house),
    scope: 'openid email profile',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { to, attempt };
}

/** Whom the provider names. Throws Problem `unauthenticated` for an answer that is not to be believed. */
export async function finishAttempt(
  house: House,
  provider: ProviderRow,
  attempt: Attempt,
  search: string,
): Promise<Named> {
  const config = await configurationOf(house, provider);
  let tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>;
  let claims: Readonly<Record<string, unknown>>;
  try {
    tokens = await client.authorizationCodeGrant(config, new URL(callbackUrl(house) + search), {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    const said = tokens.claims();
    if (said === undefined) throw new Error('no claims');
    const more =
      typeof said['email'] === 'string' ? {} : await client.fetchUserInfo(config, tokens.access_token, said.sub);
    claims = { ...more, ...said };
  } catch {
    throw new Problem('unauthenticated', 'The provider’s answer could not be believed.', {
      mend: 'Sign in once more.',
      code: 'provider-not-believed',
    });
  }
  const { sub, email, name, email_verified: verified = true } = claims;
  // Some providers say it as text; one that says nothing of it (Entra ID) gives addresses by its administrators alone.
  if (typeof sub !== 'string' || typeof email !== 'string' || (verified !== true && verified !== 'true')) {
    throw new Problem('forbidden', 'The provider names no verified e-mail address.', { code: 'provider-unverified' });
  }
  const address = email.trim().toLowerCase();
  if (!provider.domains.includes(address.split('@').at(-1) ?? '')) {
    throw new Problem('forbidden', 'The provider does not speak for the domain of this address.', {
      code: 'provider-domain',
    });
  }
  return { subject: sub, email: address, name: typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 120) : address }; // prettier-ignore
}
