import { randomBytes } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { LANGUAGES, type Language } from '@touchstone/domain/languages';
import type { House } from '../house/house.ts';
import type { JobKind } from '../jobs/ports.ts';
import type { RequestContext } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import { RateLimiter } from '../kernel/rate-limit.ts';
import { hashOf } from '../workspaces/keys.ts';
import { replacePassword, userByEmail, userById } from '../workspaces/records.ts';
import * as records from './records.ts';

const OPEN_MS = 3_600_000;
/** Mails of this kind to one address, in a minute. */
const MAILS_PER_MINUTE = 2;

/** Done by a job, so that an account that exists takes no longer to answer. */
export const mailReset: JobKind<{ email: string; language: Language }> = {
  name: 'accounts.mailReset',
  input: z.object({ email: z.string(), language: z.enum(LANGUAGES) }),
  retries: 3,
};

const WORDS: Readonly<Record<Language, { readonly subject: string; text(link: string): string }>> = {
  en: {
    subject: 'A new password for Touchstone',
    text: (link: string) =>
      `Somebody, you we hope, asked for a new password for this address.\n\nSet it within an hour:\n${link}\n\nIf it was not you, do nothing: the password stays as it is.\n`,
  },
  ru: {
    subject: 'Новый пароль для Touchstone',
    text: (link: string) =>
      `Для этого адреса запросили новый пароль. Надеемся, это были вы.\n\nЗадайте его в течение часа:\n${link}\n\nЕсли это были не вы, ничего не делайте: пароль останется прежним.\n`,
  },
  pl: {
    subject: 'Nowe hasło do Touchstone',
    text: (link: string) =>
      `Ktoś – mamy nadzieję, że ty – poprosił o nowe hasło do konta z tym adresem.\n\nUstaw je w ciągu godziny:\n${link}\n\nJeśli to nie ty, nic nie rób: hasło pozostanie bez zmian.\n`,
  },
  sl: {
    subject: 'Novo geslo za Touchstone',
    text: (link: string) =>
      `Nekdo, upamo, da vi, je za ta naslov zahteval novo geslo.\n\nNastavite ga v eni uri:\n${link}\n\nČe to niste bili vi, vam ni treba storiti ničesar: geslo ostane nespremenjeno.\n`,
  },
  fa: {
    subject: 'گذرواژهٔ تازه برای تاچ‌استون',
    text: (link: string) =>
      `کسی، امیدواریم خود شما، برای این نشانی گذرواژهٔ تازه خواسته است.\n\nتا یک ساعت آن را از این‌جا تنظیم کنید:\n${link}\n\nاگر شما نبوده‌اید کاری نکنید: گذرواژه همان می‌ماند.\n`,
  },
};

const limiters = new WeakMap<House, RateLimiter>();

/** Has a link mailed to the account of this address, if there is one; says nothing of whether. */
export async function askForReset(house: House, email: string, language: Language): Promise<void> {
  if (!house.mail.available) {
    throw new Problem('unavailable', 'No mail server is set up here.', {
      mend: 'Whoever runs this server can give you a password: ./touchstone password --email ADDRESS',
    });
  }
  const limiter = limiters.get(house) ?? new RateLimiter(house.clock);
  limiters.set(house, limiter);
  // Quietly: whether mails to this address were asked for before is nobody's business.
  if (limiter.take(email, MAILS_PER_MINUTE) === 0) await house.jobs.send(mailReset, { email, language });
}

export async function sendReset(house: House, email: string, language: Language): Promise<void> {
  const { db } = house.records;
  const user = await userByEmail(db, email);
  if (user === null) return;
  const token = randomBytes(24).toString('base64url');
  const now = house.clock.now();
  const expiresAt = new Date(now.getTime() + OPEN_MS);
  await house.records.transaction((tx) =>
    records.putReset(tx, { tokenHash: hashOf(token), userId: user.id, expiresAt }, now),
  );
  const { subject, text } = WORDS[language];
  await house.mail.send({ to: user.email, subject, text: text(`${house.config.publicUrl}/reset/${token}`) });
}

/** Sets the password; every session of that user ends. Throws Problem `not-found` for a link that is not open. */
export async function finishReset(house: House, context: RequestContext, token: string, password: string) {
  const passwordHash = await hashPassword(password);
  const now = house.clock.now();
  await house.records.transaction(async (tx) => {
    const userId = await records.takeReset(tx, hashOf(token), now);
    const user = userId === null ? null : await userById(tx, userId);
    if (user === null) {
      throw new Problem('not-found', 'This link is not open: it was used, replaced or is more than an hour old.', {
        mend: 'Ask for a new one.',
        code: 'reset-gone',
      });
    }
    context.trail.by({ kind: 'user', userId: user.id, email: user.email });
    await replacePassword(tx, user.id, passwordHash, now);
  });
}
