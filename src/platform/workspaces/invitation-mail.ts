import { type Language, languageOf } from '@touchstone/domain/languages';
import type { Workspace } from '../kernel/context.ts';
import type { MailMessage } from '../mail/ports.ts';

interface Words {
  subject(name: string): string;
  text(name: string, link: string): string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    subject: (name) => `You are invited to ${name} on Touchstone`,
    text: (name, link) => `You are invited to work in ${name} on Touchstone.\n\nJoin within 7 days:\n${link}\n`,
  },
  ru: {
    subject: (name) => `Вас приглашают в Touchstone: ${name}`,
    text: (name, link) =>
      `Вас приглашают работать в Touchstone вместе с «${name}».\n\nПримите приглашение в течение 7 дней:\n${link}\n`,
  },
  pl: {
    subject: (name) => `Zaproszenie do Touchstone: ${name}`,
    text: (name, link) => `Zapraszamy do wspólnej pracy w Touchstone: ${name}.\n\nDołącz w ciągu 7 dni:\n${link}\n`,
  },
  sl: {
    subject: (name) => `Vabilo v Touchstone: ${name}`,
    text: (name, link) => `Vabimo vas k skupnemu delu v Touchstone: ${name}.\n\nPridružite se v 7 dneh:\n${link}\n`,
  },
  fa: {
    subject: (name) => `دعوت به تاچ‌استون: ${name}`,
    text: (name, link) => `شما به همکاری در تاچ‌استون دعوت شده‌اید: ${name}.\n\nتا ۷ روز از این‌جا بپیوندید:\n${link}\n`,
  },
};

/** The mail that invites into a workspace, in its language; in English where that is none of ours. */
export function invitationMail(
  { name, locale }: Pick<Workspace, 'name' | 'locale'>,
  link: string,
): Pick<MailMessage, 'subject' | 'text'> {
  const { subject, text } = WORDS[languageOf(locale) ?? 'en'];
  return { subject: subject(name), text: text(name, link) };
}
