import { createTransport } from 'nodemailer';
import { Problem } from '../kernel/problem.ts';
import type { Mail } from './ports.ts';

/** Mail through the SMTP server of SMTP_URL; not available where none is set. */
export function openMail(smtpUrl: string | undefined, from: string): Mail {
  if (smtpUrl === undefined) {
    return {
      available: false,
      send: () => Promise.reject(noServer()),
      check: () => Promise.reject(noServer()),
    };
  }
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  });
  return {
    available: true,
    send: async ({ to, subject, text }) => {
      await transport.sendMail({ from, to, subject, text });
    },
    check: async () => {
      await transport.verify();
    },
  };
}

function noServer(): Problem {
  return new Problem('unavailable', 'No mail server is set.', { mend: 'Set SMTP_URL.' });
}
