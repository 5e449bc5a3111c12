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

export function makeLog(level: LogLevel): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
  });
}

export const silentLog: Log = makeLog('silent');
