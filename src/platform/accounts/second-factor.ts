import { verifyPassword } from 'better-auth/crypto';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import { RateLimiter } from '../kernel/rate-limit.ts';
import type { Vault } from '../vault/vault.ts';
import { hashOf } from '../workspaces/keys.ts';
import * as records from './records.ts';
import { base32, freshRecoveryCodes, freshSecret, otpauthUri, stepOfCode } from './totp.ts';

/** Wrong codes that one account may be tried with, in a minute. */
const TRIES_PER_MINUTE = 5;

const limiters = new WeakMap<House, RateLimiter>();

function limiterOf(house: House): RateLimiter {
  const known = limiters.get(house) ?? new RateLimiter(house.clock);
  limiters.set(house, known);
  return known;
}

const place = (userId: string): string => `second_factors/${userId}`;

export type Passed = 'not asked' | 'passed' | 'missing' | 'wrong';

/** Whether this account's second factor lets in. Throws Problem `too-many-requests` for one who guesses. */
export async function passSecondFactor(house: House, userId: string, code: string | undefined): Promise<Passed> {
  const factor = await records.factorOf(house.records.db, userId);
  if (factor === null || factor.confirmedAt === null) return 'not asked';
  if (code === undefined || code.trim() === '') return 'missing';
  return (await isGood(house, factor, code)) ? 'passed' : 'wrong';
}

async function isGood(house: House, factor: records.FactorRow, given: string): Promise<boolean> {
  const { userId } = factor;
  const waitSeconds = limiterOf(house).take(userId, TRIES_PER_MINUTE);
  if (waitSeconds > 0) {
    throw new Problem('too-many-requests', 'Too many codes were tried.', {
      mend: `Wait ${waitSeconds} s.`,
      retryAfterSeconds: waitSeconds,
      code: 'too-often',
      values: { seconds: waitSeconds },
    });
  }
  const { db } = house.records;
  const code = given.replaceAll(/\s/g, '').toLowerCase();
  if (!/^\d{6}$/.test(code)) return records.takeRecoveryCode(db, userId, hashOf(code));
  const secret = Buffer.from(house.vault.open(factor.sealed, place(userId)), 'base64');
  const step = stepOfCode(secret, code, house.clock.now(), factor.lastStep);
  return step !== null && records.takeStep(db, userId, step);
}

/** A secret for an app; nothing asks for its codes before one is confirmed. */
export async function beginSecondFactor(
  house: House,
  user: { readonly id: string; readonly email: string },
  password: string,
): Promise<{ secret: string; uri: string }> {
  await checkPassword(house, user.id, password);
  const secret = freshSecret();
  const sealed = house.vault.seal(secret.toString('base64'), place(user.id));
  if (!(await records.putFactor(house.records.db, user.id, sealed))) {
    throw new Problem('conflict', 'A second factor is set up already.', { mend: 'Take it away first.' });
  }
  return { secret: base32(secret), uri: otpauthUri(secret, user.email) };
}

/** Shows that the app works: from now on it is asked for. Answers the recovery codes, this once. */
export async function confirmSecondFactor(house: House, userId: string, code: string): Promise<string[]> {
  const factor = await records.factorOf(house.records.db, userId);
  if (factor === null || factor.confirmedAt !== null) {
    throw new Problem('conflict', 'No second factor waits to be confirmed.', { mend: 'Begin anew.' });
  }
  if (!(await isGood(house, factor, code))) throw wrongCode();
  return house.records.transaction(async (tx) => {
    await records.confirmFactor(tx, userId, house.clock.now());
    return renew(tx, userId);
  });
}

export async function renewRecoveryCodes(house: House, userId: string, password: string, code: string) {
  await checkBoth(house, userId, password, code);
  return house.records.transaction((tx) => renew(tx, userId));
}

export async function removeSecondFactor(house: House, userId: string, password: string, code: string): Promise<void> {
  await checkBoth(house, userId, password, code);
  await house.records.transaction((tx) => records.dropFactor(tx, userId));
}

/** Seals every secret anew. */
export async function resealSecondFactors(house: House, vault: Vault): Promise<number> {
  const { db } = house.records;
  const all = await records.allFactors(db);
  for (const { userId, sealed } of all) {
    await records.resealFactor(db, userId, vault.reseal(sealed, place(userId)));
  }
  return all.length;
}

async function renew(tx: Parameters<typeof records.putRecoveryCodes>[0], userId: string): Promise<string[]> {
  const codes = freshRecoveryCodes();
  await records.putRecoveryCodes(tx, userId, codes.map(hashOf));
  return codes;
}

async function checkBoth(house: House, userId: string, password: string, code: string): Promise<void> {
  await checkPassword(house, userId, password);
  const passed = await passSecondFactor(house, userId, code);
  if (passed === 'not asked') throw new Problem('conflict', 'There is no second factor.');
  if (passed !== 'passed') throw wrongCode();
}

async function checkPassword(house: House, userId: string, password: string): Promise<void> {
  const hash = await records.passwordHashOf(house.records.db, userId);
  if (hash !== null && (await verifyPassword({ hash, password }))) return;
  throw new Problem('bad-input', 'The password is not that.', { field: 'password', code: 'wrong-current-password' });
}

function wrongCode(): Problem {
  return new Problem('bad-input', 'This code is not good, or was used already.', {
    field: 'code',
    mend: 'Take the next one that the app shows, or a recovery code.',
    code: 'wrong-code',
  });
}

/** Who came through a company's provider has the second factor there. */
export function refuseProvided(context: RequestContext): void {
  const { caller } = context;
  if ((caller.kind === 'user' || caller.kind === 'member') && caller.session?.workspaceId != null) {
    throw new Problem('forbidden', 'You are signed in through your company’s provider.', {
      mend: 'Sign in with your password to change this.',
      code: 'signed-in-by-provider',
    });
  }
}
