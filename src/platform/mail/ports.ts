export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mail {
  /** False when no SMTP server is set: say so to the person and show them the link instead. */
  readonly available: boolean;
  send(message: MailMessage): Promise<void>;
  /** Resolves when the server answers and lets us in; throws where none is set. */
  check(): Promise<void>;
}
