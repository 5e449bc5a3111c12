import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import type { House } from '../house/house.ts';
import { newId, uuidV7 } from '../kernel/ids.ts';
import { installationSecret } from './records.ts';
import { credentials, sessions, users, verifications } from './tables.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from './vocabulary.ts';

const SESSION_SECONDS = 30 * 86_400;
const RENEWED_SECONDS = 86_400;

/**
 * better-auth over our tables: hashes, sessions and their cookies. It is called as a library only; its own HTTP paths
 * are not mounted, since the contract is the only door. What signs the cookies is made once per installation.
 */
export async function openAuth(house: House) {
  const secret = await installationSecret(house.records.db, 'session cookies', randomBytes(32).toString('hex'));
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
    session: { expiresIn: SESSION_SECONDS, updateAge: RENEWED_SECONDS },
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
