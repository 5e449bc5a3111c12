import { pino } from 'pino';

/** Structured lines on standard output. Fields are ids, counts and durations: never an e-mail, a name, a text or an address. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  child(fields: LogFields): Log;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | Error>>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

interface PlainError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack: string;
  readonly cause?: PlainError;
}

/** The message without what is quoted of the data: by PostgreSQL in its data exceptions (class 22), by ClickHouse and the reader of JSON anywhere. */
function withoutValues(error: Error, code: string | undefined): string {
  const message = (error.message.split(/\n?params: /)[0] ?? '').replaceAll(/\S+@\S+/g, '…');
  if (/^22[0-9A-Z]{3}$/.test(code ?? '')) return message.replaceAll(/"[^"]*"/g, '"…"');
  if (error instanceof SyntaxError) return message.replaceAll(/"[^]*"/g, '"…"');
  if (error.constructor.name === 'ClickHouseError') return (message.split('\n')[0] ?? '').replaceAll(/'[^']*'/g, "'…'");
  return message;
}

/** What an error may say in a log: stores hang rows, parameters and whole connections on theirs. */
export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error', stack: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.constructor.name,
    message: withoutValues(error, code),
    ...(code === undefined ? {} : { code }),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n'),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: plainError(error.cause, depth + 1) }),
  };
}

export function makeLog(level: LogLevel): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: (error: unknown) => plainError(error) },
  });
}

export const silentLog: Log = makeLog('silent');
