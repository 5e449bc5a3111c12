import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { House } from '../house/house.ts';
import { newId, uuidV7 } from '../kernel/ids.ts';
import { isSealed } from '../vault/vault.ts';
import { installationSecret, replaceInstallationSecret } from './records.ts';
import { credentials, sessions, users, verifications } from './tables.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from './vocabulary.ts';

const SESSION_SECONDS = 30 * 86_400;
const RENEWED_SECONDS = 86_400;

const COOKIES = 'session cookies';
const COOKIES_PLACE = `installation_secrets/${COOKIES}`;

/** What signs the cookies; made once, and sealed where this server has a key that all of its processes have. */
async function cookieSecret(house: House): Promise<string> {
  const { vault, records } = house;
  const sealed = (text: string): string => (vault.available ? vault.seal(text, COOKIES_PLACE) : text);
  const kept = await installationSecret(records.db, COOKIES, sealed(randomBytes(32).toString('hex')));
  if (isSealed(kept)) return vault.open(kept, COOKIES_PLACE);
  if (vault.available) await replaceInstallationSecret(records.db, COOKIES, kept, sealed(kept));
  return kept;
}

/** Seals it anew, where it is sealed. */
export async function resealCookieSecret(house: House, vault: House['vault']): Promise<number> {
  const { db } = house.records;
  const kept = await installationSecret(db, COOKIES, vault.seal(randomBytes(32).toString('hex'), COOKIES_PLACE));
  const anew = isSealed(kept) ? vault.reseal(kept, COOKIES_PLACE) : vault.seal(kept, COOKIES_PLACE);
  await replaceInstallationSecret(db, COOKIES, kept, anew);
  return 1;
}

/** Opens a session for somebody whom another has let in: a company's provider. It is good in that workspace only. */
const ownSessions = () =>
  ({
    id: 'touchstone-sessions',
    endpoints: {
      openSession: createAuthEndpoint(
        '/touchstone/open-session',
        { method: 'POST', body: z.object({ userId: z.string(), workspaceId: z.string() }) },
        async (ctx) => {
          const { userId, workspaceId } = ctx.body;
          const { internalAdapter } = ctx.context;
          const user = await internalAdapter.findUserById(userId);
          if (user === null) throw new Error('There is no such user.');
          const session = await internalAdapter.createSession(userId, false, { workspaceId });
          await setSessionCookie(ctx, { session, user });
          return { userId };
        },
      ),
    },
  }) as const;

/**
 * better-auth over our tables: hashes, sessions and their cookies. It is called as a library only; its own HTTP paths
 * are not mounted, since the contract is the only door. What signs the cookies is made once per installation.
 */
export async function openAuth(house: House) {
  const secret = await cookieSecret(house);
  return betterAuth({
    appName: 'Touchstone',
    baseURL: house.config.publicUrl,
    secret,
    database: drizzleAdapter(house.records.db, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    session: {
      expiresIn: SESSION_SECONDS,
      updateAge: RENEWED_SECONDS,
      additionalFields: { workspaceId: { type: 'string', required: false, input: false } },
    },
    plugins: [ownSessions()],
    advanced: {
      cookiePrefix: 'touchstone',
      useSecureCookies: house.config.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      ipAddress: { disableIpTracking: true },
      database: {
        generateId: ({ model }) => (model === 'user' ? newId('user', house.clock) : uuidV7(house.clock)),
      },
    },
    telemetry: { enabled: false },
    // Its words name e-mail addresses; ours do not.
    logger: { disabled: true },
  });
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;
