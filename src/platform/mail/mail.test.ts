import { once } from 'node:events';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { openMail } from './smtp.ts';

test('[FL6] a message reaches the server as it was given', async () => {
  const got: Buffer[] = [];
  let receivers: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      receivers = session.envelope.rcptTo.map((r) => r.address);
      stream.on('data', (chunk: Buffer) => got.push(chunk));
      stream.on('end', () => done());
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const mail = openMail(`smtp://127.0.0.1:${port}`, 'Touchstone <touchstone@shop.example>');
    expect(mail.available).toBe(true);
    await mail.send({ to: 'vida@example.com', subject: 'سلام, Žiga', text: 'Prvi\nدوم' });
    const message = await PostalMime.parse(Buffer.concat(got));
    expect(receivers).toEqual(['vida@example.com']);
    expect(message.from).toMatchObject({ name: 'Touchstone', address: 'touchstone@shop.example' });
    expect(message.to).toMatchObject([{ address: 'vida@example.com' }]);
    expect(message.subject).toBe('سلام, Žiga');
    expect(message.text?.trim()).toBe('Prvi\nدوم');
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});

test('[FL7] without a server mail is not available', async () => {
  const mail = openMail(undefined, 'Touchstone <touchstone@shop.example>');
  expect(mail.available).toBe(false);
  await expect(mail.send({ to: 'a@example.com', subject: 's', text: 't' })).rejects.toMatchObject({
    type: 'unavailable',
  });
});
