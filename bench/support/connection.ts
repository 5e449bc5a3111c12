import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * One kept-alive HTTP connection that sends POSTs of JSON one after another, with as little of its own as can be: the
 * client shares the machine with the server it measures.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #head: string;
  #received = '';
  #answered: (status: number) => void = () => undefined;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      this.#received += String(chunk);
      this.#read();
    });
  }

  static async open(port: number, path: string, writeKey: string): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const basic = Buffer.from(`${writeKey}:`).toString('base64');
    const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Basic ${basic}\r\ncontent-type: application/json\r\ncontent-length: `;
    return new Connection(socket, head);
  }

  /** The status of the answer. */
  post(body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#socket.once('error', reject);
      this.#socket.write(`${this.#head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(): void {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /content-length: (\d+)/i.exec(this.#received);
    const whole = end + 4 + Number(length?.[1] ?? 0);
    if (length === null) {
      // Chunked: it ends with an empty chunk.
      if (!this.#received.endsWith('0\r\n\r\n')) return;
    } else if (this.#received.length < whole) return;
    const status = Number(this.#received.slice(9, 12));
    this.#received = '';
    this.#socket.removeAllListeners('error');
    this.#answered(status);
  }
}
