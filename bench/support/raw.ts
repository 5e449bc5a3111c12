import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** One kept-alive HTTP connection for requests one after another, with as little of its own as can be. */
export class RawConnection {
  readonly #socket: Socket;
  #received = '';
  #answered: ((answer: RawAnswer) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      this.#received += String(chunk);
      this.#read();
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** A request of one address: `from` is what a proxy says it came from. */
  send(method: 'GET' | 'POST', path: string, from: string, body = ''): Promise<RawAnswer> {
    const form =
      method === 'POST' ? `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n` : '';
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#socket.once('error', reject);
      this.#socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-forwarded-for: ${from}\r\n${form}\r\n${body}`,
      );
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(): void {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#received.slice(0, end);
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    // Chunked: it ends with an empty chunk.
    const whole =
      length === undefined ? this.#received.endsWith('0\r\n\r\n') : this.#received.length >= end + 4 + Number(length);
    if (!whole) return;
    const answer = { status: Number(head.slice(9, 12)), body: this.#received.slice(end + 4) };
    this.#received = '';
    this.#socket.removeAllListeners('error');
    this.#answered?.(answer);
  }
}
