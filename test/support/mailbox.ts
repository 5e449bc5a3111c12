/**
 * A real SMTP server that keeps what it gets:
 *
 *     const mailbox = await openMailbox();
 *     world = await openWorld({ config: { smtpUrl: mailbox.url } });
 *     mailbox.letters[0]?.text
 */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface Mailbox {
  readonly url: string;
  readonly letters: Letter[];
  close(): Promise<void>;
}

async function keep(stream: Readable, to: readonly string[], letters: Letter[]): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  const { subject, text } = await PostalMime.parse(Buffer.concat(parts));
  letters.push({ to, subject: subject ?? '', text: text ?? '' });
}

export async function openMailbox(): Promise<Mailbox> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const { rcptTo } = session.envelope;
      const to = rcptTo.map((r) => r.address);
      void keep(stream, to, letters).finally(() => done());
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
