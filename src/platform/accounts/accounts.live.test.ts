import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openMailbox, type Mailbox } from '../../../test/support/mailbox.ts';
import { Visitor } from '../../../test/support/visitor.ts';
import { openWorld, type Answer, type World } from '../../../test/support/world.ts';
import { HeldClock } from '../kernel/clock.ts';
import { freshVaultKey, isSealed, makeVault } from '../vault/vault.ts';
import { setPassword, setUp } from '../workspaces/facade.ts';
import { insertUser } from '../workspaces/records.ts';
import { hashPassword } from 'better-auth/crypto';
import { allFactors, recoveryCodesLeft } from './records.ts';
import { resealSecondFactors } from './second-factor.ts';
import { codeOf, stepAt } from './totp.ts';

const PASSWORD = 'a long enough password';
const OTHER = 'another long password';
const clock = new HeldClock(new Date());
let mailbox: Mailbox;
let world: World;
let hash: string;

beforeAll(async () => {
  mailbox = await openMailbox();
  world = await openWorld({ clock, config: { smtpUrl: mailbox.url } });
  hash = await hashPassword(PASSWORD);
  await setUp(world.house, { company: 'Lark', name: 'Ada', email: 'ada@example.com', password: PASSWORD, zone: 'UTC', currency: 'EUR', locale: 'en' }); // prettier-ignore
});
afterAll(async () => {
  await world.close();
  await mailbox.close();
});

/** A fresh account, signed in. */
async function account(name: string): Promise<{ visitor: Visitor; email: string; userId: string }> {
  const email = `${name}@example.com`;
  const userId = `usr_${name}`;
  await insertUser(world.house.records.db, { id: userId, name, email }, hash, clock.now());
  const visitor = new Visitor(world.app);
  expect((await visitor.signIn(email, PASSWORD)).status).toBe(200);
  return { visitor, email, userId };
}

const view = z.object({
  twoFactor: z.object({ on: z.boolean(), recoveryCodesLeft: z.number() }),
  sessions: z.array(z.object({ id: z.string(), current: z.boolean(), browser: z.string() })),
});
const accountOf = async (visitor: Visitor) => view.parse((await visitor.call('GET', '/account')).body);
const codesOf = (answer: Answer) => z.object({ recoveryCodes: z.array(z.string()) }).parse(answer.body).recoveryCodes;

function tokenIn(text: string): string {
  return /\/reset\/([\w-]+)/.exec(text)?.[1] ?? '';
}

/** Asks for a link and reads it from the mail. */
async function mailedToken(email: string, language = 'en'): Promise<string> {
  const before = mailbox.letters.length;
  clock.advance(60_000);
  expect((await world.api().post('/api/v1/password-reset', { email, language })).status).toBe(202);
  await world.runJobs();
  const letters = mailbox.letters.slice(before);
  expect(letters.map((l) => l.to)).toEqual([[email]]);
  return tokenIn(letters[0]?.text ?? '');
}

/** Sets up the second factor: the secret and the recovery codes. */
async function withCodes(visitor: Visitor): Promise<{ secret: Buffer; recoveryCodes: string[] }> {
  const begun = await visitor.call('POST', '/account/two-factor', { password: PASSWORD });
  const { secret, uri } = z.object({ secret: z.string(), uri: z.string() }).parse(begun.body);
  expect(uri).toContain(`secret=${secret}`);
  const bytes = fromBase32(secret);
  const confirmed = await visitor.call('PUT', '/account/two-factor', { code: codeNow(bytes) });
  expect(confirmed.status).toBe(200);
  clock.advance(30_000);
  return { secret: bytes, recoveryCodes: codesOf(confirmed) };
}

const codeNow = (secret: Buffer): string => codeOf(secret, stepAt(clock.now()));

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

test('[AN1, AN3] a mailed link sets a new password once, within an hour, and ends every session', async () => {
  const { visitor, email } = await account('reset');
  const replaced = await mailedToken(email);
  const token = await mailedToken(email, 'fa');
  expect(mailbox.letters.at(-1)?.subject).toBe('گذرواژهٔ تازه برای تاچ‌استون');
  const finish = (which: string, password = OTHER) =>
    world.api().post('/api/v1/password-reset/finish', { token: which, password });
  expect((await finish(replaced)).status).toBe(404);
  expect(await finish(token, 'short')).toMatchObject({ status: 400, body: { field: 'password' } });
  expect((await finish(token)).status).toBe(200);
  expect((await finish(token)).status).toBe(404);
  expect((await visitor.call('GET', '/session')).status).toBe(401);
  expect((await visitor.signIn(email, PASSWORD)).status).toBe(401);
  expect((await visitor.signIn(email, OTHER)).status).toBe(200);
  const late = await mailedToken(email);
  clock.advance(3_600_001);
  expect((await finish(late)).status).toBe(404);
});

test('[AN1] an address without an account is told the same, and gets no mail', async () => {
  const before = mailbox.letters.length;
  const answer = await world.api().post('/api/v1/password-reset', { email: 'nobody@example.com' });
  expect(answer).toMatchObject({ status: 202, body: { ok: true } });
  await world.runJobs();
  expect(mailbox.letters).toHaveLength(before);
});

test('[AN2] without a mail server the answer says who can help', async () => {
  const silent = await openWorld();
  try {
    expect((await silent.api().get('/api/v1/password-reset')).body).toEqual({ byMail: false });
    const asked = await silent.api().post('/api/v1/password-reset', { email: 'ada@example.com' });
    expect(asked.status).toBe(503);
    expect(JSON.stringify(asked.body)).toContain('./touchstone password');
  } finally {
    await silent.close();
  }
});

test('[AN3] a password set by the command line ends sessions and open links', async () => {
  const { visitor, email } = await account('commanded');
  const token = await mailedToken(email);
  await setPassword(world.house, email, OTHER);
  expect((await visitor.call('GET', '/session')).status).toBe(401);
  const late = await world.api().post('/api/v1/password-reset/finish', { token, password: 'a third long password' });
  expect(late.status).toBe(404);
});

test('[AN3] a password that was changed by its owner ends open links', async () => {
  const { visitor, email } = await account('changed');
  const token = await mailedToken(email);
  const change = { currentPassword: PASSWORD, newPassword: OTHER };
  expect((await visitor.call('PUT', '/session/password', change)).status).toBe(200);
  const late = await world.api().post('/api/v1/password-reset/finish', { token, password: 'a third long password' });
  expect(late.status).toBe(404);
});

test('[AN4] sessions are seen and ended, one or all others, and nobody else’s', async () => {
  const { visitor, email } = await account('sessions');
  const [phone, tablet] = [new Visitor(world.app, 'A phone'), new Visitor(world.app, 'A tablet')];
  for (const other of [phone, tablet]) await other.signIn(email, PASSWORD);
  const { sessions } = await accountOf(visitor);
  expect(sessions.map((s) => s.browser).toSorted()).toEqual(['A browser', 'A phone', 'A tablet']);
  expect(sessions.filter((s) => s.current).map((s) => s.browser)).toEqual(['A browser']);
  const phoneId = sessions.find((s) => s.browser === 'A phone')?.id ?? '';
  const { visitor: stranger } = await account('stranger');
  expect((await stranger.call('DELETE', `/account/sessions/${phoneId}`)).status).toBe(404);
  expect((await phone.call('GET', '/session')).status).toBe(200);
  expect((await visitor.call('DELETE', `/account/sessions/${phoneId}`)).status).toBe(200);
  expect((await phone.call('GET', '/session')).status).toBe(401);
  expect((await visitor.call('DELETE', '/account/sessions')).body).toEqual({ ended: 1 });
  expect((await tablet.call('GET', '/session')).status).toBe(401);
  expect((await visitor.call('GET', '/session')).status).toBe(200);
});

test('[AN6] a password alone opens nothing; a code does once, and a recovery code once', async () => {
  const { visitor, email } = await account('codes');
  const { secret, recoveryCodes } = await withCodes(visitor);
  const fresh = new Visitor(world.app);
  expect(await fresh.signIn(email, PASSWORD)).toMatchObject({ status: 401, body: { field: 'code' } });
  expect(await fresh.signIn(email, PASSWORD, '000000')).toMatchObject({ status: 401, body: { field: 'code' } });
  expect(fresh.cookies.size).toBe(0);
  expect((await accountOf(visitor)).sessions).toHaveLength(1);
  const wrong = await fresh.signIn(email, 'not the password', codeNow(secret));
  expect(wrong.status).toBe(401);
  expect(JSON.stringify(wrong.body)).not.toContain('"field":"code"');
  const code = codeNow(secret);
  expect((await fresh.signIn(email, PASSWORD, code)).status).toBe(200);
  expect((await fresh.signIn(email, PASSWORD, code)).status).toBe(401);
  const [recovery = ''] = recoveryCodes;
  clock.advance(60_000);
  expect((await fresh.signIn(email, PASSWORD, recovery.toUpperCase())).status).toBe(200);
  expect((await fresh.signIn(email, PASSWORD, recovery)).status).toBe(401);
  expect((await accountOf(visitor)).twoFactor).toEqual({ on: true, recoveryCodesLeft: 9 });
});

test('[AN6] who guesses codes waits', async () => {
  const { visitor, email } = await account('guessed');
  await withCodes(visitor);
  clock.advance(60_000);
  const fresh = new Visitor(world.app);
  for (let i = 0; i < 5; i++) expect((await fresh.signIn(email, PASSWORD, '000000')).status).toBe(401);
  expect((await fresh.signIn(email, PASSWORD, '000000')).status).toBe(429);
  expect((await accountOf(visitor)).sessions).toHaveLength(1);
});

test('[AN7] it is asked for once confirmed, and taken away by password and code', async () => {
  const { visitor, email } = await account('taken');
  expect((await visitor.call('POST', '/account/two-factor', { password: 'not it' })).status).toBe(400);
  expect((await visitor.call('POST', '/account/two-factor', { password: PASSWORD })).status).toBe(200);
  expect((await visitor.call('PUT', '/account/two-factor', { code: '000000' })).status).toBe(400);
  expect((await new Visitor(world.app).signIn(email, PASSWORD)).status).toBe(200);
  const { secret } = await withCodes(visitor);
  expect((await visitor.call('POST', '/account/two-factor', { password: PASSWORD })).status).toBe(409);
  const remove = (password: string, code: string) =>
    visitor.call('POST', '/account/two-factor/remove', { password, code });
  expect(await remove('not it', codeNow(secret))).toMatchObject({ status: 400, body: { field: 'password' } });
  expect(await remove(PASSWORD, '000000')).toMatchObject({ status: 400, body: { field: 'code' } });
  const renewed = codesOf(
    await visitor.call('POST', '/account/recovery-codes', { password: PASSWORD, code: codeNow(secret) }),
  );
  expect(renewed).toHaveLength(10);
  expect((await remove(PASSWORD, renewed[0] ?? '')).status).toBe(200);
  expect((await new Visitor(world.app).signIn(email, PASSWORD)).status).toBe(200);
});

test('[AN8, VA4] the secret is sealed, and sealed anew with another key; recovery codes are hashes', async () => {
  const { visitor, userId } = await account('sealed');
  const { secret } = await withCodes(visitor);
  const { db } = world.house.records;
  const sealed = async () => (await allFactors(db)).find((f) => f.userId === userId)?.sealed ?? '';
  const before = await sealed();
  expect(isSealed(before)).toBe(true);
  expect(before).not.toContain(secret.toString('base64'));
  expect(await recoveryCodesLeft(db, userId)).toBe(10);
  const fresh = makeVault([freshVaultKey()]);
  const moving = { ...fresh, reseal: (text: string, place: string) => fresh.seal(world.house.vault.open(text, place), place) }; // prettier-ignore
  expect(await resealSecondFactors(world.house, moving)).toBeGreaterThan(0);
  const after = await sealed();
  expect(after).not.toBe(before);
  expect(Buffer.from(fresh.open(after, `second_factors/${userId}`), 'base64')).toEqual(secret);
});
