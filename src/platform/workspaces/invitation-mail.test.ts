import { LANGUAGES } from '@touchstone/domain/languages';
import { expect, test } from 'vitest';
import { invitationMail } from './invitation-mail.ts';

test('[WS8] an invitation is mailed in the language of the workspace, in English where that is none of ours', () => {
  const link = 'https://cx.example/invitation/abc';
  const mailIn = (locale: string) => invitationMail({ name: 'Lark', locale }, link);
  const subjects = LANGUAGES.map((language) => {
    const { subject, text } = mailIn(language);
    expect(subject).toContain('Lark');
    expect(text).toContain('Lark');
    // Alone on its line: no sign of another language stands at its end.
    expect(text.split('\n')).toContain(link);
    return subject;
  });
  expect(new Set(subjects).size).toBe(LANGUAGES.length);
  expect(mailIn('fa-IR')).toEqual(mailIn('fa'));
  expect(mailIn('de')).toEqual(mailIn('en'));
});
