import { z } from 'zod';
import { networksOf } from './outbound.ts';

/** What a server does. `web`: pages and API; `ingest`: takes events; `worker`: drains the journal and does jobs. */
export const ROLES = ['web', 'ingest', 'worker'] as const;
export type Role = (typeof ROLES)[number];

const port = z.coerce.number().int().min(0).max(65_535);

function isNetwork(text: string): boolean {
  if (!/^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(text)) return false;
  try {
    networksOf([text]);
    return true;
  } catch {
    return false;
  }
}

const environment = z.object({
  TOUCHSTONE_DATA: z.string().default('./data'),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** The address people open, where it differs: behind a proxy, say. */
  TOUCHSTONE_URL: z.url().optional(),
  DATABASE_URL: z.string().optional(),
  CLICKHOUSE_URL: z.string().optional(),
  /** Where uploads lie, when not in the data directory: a folder that every server of a cluster sees, or `s3://bucket/prefix`. */
  TOUCHSTONE_FILES: z.string().optional(),
  /** Storage that speaks S3, for all that is named `s3://…`: where it is not Amazon's, its address. */
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_REGION: z.string().default('us-east-1'),
  /** Without a key, the one that the machine or container is lent. */
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  /** A secret key, for commands that speak to a server. */
  TOUCHSTONE_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('Touchstone <touchstone@localhost>'),
  /** Random text, 32 characters at least, that seals secrets in the store; after a comma those before it. */
  TOUCHSTONE_SECRET: z
    .string()
    .optional()
    .transform((text) =>
      (text ?? '')
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ) // prettier-ignore
    .refine((parts) => parts.every((part) => part.length >= 32), 'random text of at least 32 characters'),
  /** Bytes of journal that may wait for the facts store before ingest answers 429. */
  JOURNAL_CAP_BYTES: z.coerce.number().int().positive().default(2_000_000_000),
  /** Messages a minute that one key may send to a process before ingest answers 429; any number unless said. */
  INGEST_PER_MINUTE: z.coerce.number().int().positive().optional(),
  /** Room on the disk of the data directory below which nothing new is taken; a gigabyte unless said, less on a small disk. */
  DISK_RESERVE_BYTES: z.coerce.number().int().min(0).optional(),
  /** Largest file an upload may hold, in bytes. */
  UPLOAD_CAP_BYTES: z.coerce.number().int().positive().default(4_000_000_000),
  /** The folder below which files are imported on a schedule: each workspace's in one named by its id. None are without it. */
  IMPORT_FOLDER: z.string().optional(),
  /** Addresses and networks that imports may be fetched from although they are not on the public internet: `10.1.0.0/16,127.0.0.1`. */
  IMPORT_ALLOW_ADDRESSES: z
    .string()
    .optional()
    .transform((text) =>
      (text ?? '')
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ) // prettier-ignore
    .refine((parts) => parts.every(isNetwork), 'addresses or networks such as 10.1.0.0/16'),
  /** Proxies in front of us whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  /** Whoever sends it as `authorization: Bearer …` may read /metrics; without it only programs on this machine may. */
  TOUCHSTONE_METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  /** A statement that takes longer, in ms, is logged with the operation that asked. */
  SLOW_STATEMENT_MS: z.coerce.number().int().positive().default(500),
  /** Where traces are sent (OTLP over HTTP); none are made without it. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** The folder, or `s3://bucket/prefix`, that the server takes backups to by itself; none are taken without it. */
  BACKUP_TO: z.string().optional(),
  /** When: five fields of cron, UTC. */
  BACKUP_SCHEDULE: z
    .string()
    .regex(/^\S+( \S+){4}$/, 'five fields of cron, as 23 2 * * *')
    .default('23 2 * * *'),
  /** How many of the latest are kept. */
  BACKUP_KEEP: z.coerce.number().int().positive().default(7),
});

/** Storage that speaks S3. */
export interface S3Settings {
  /** Amazon's own where there is none. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly key:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined;
}

export interface Config {
  readonly dataDir: string;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly databaseUrl: string | undefined;
  readonly clickhouseUrl: string | undefined;
  /** A folder or `s3://bucket/prefix`, when not in the data directory. */
  readonly filesAt: string | undefined;
  readonly s3: S3Settings;
  /** All of them unless `serve --roles` says which. */
  readonly roles: ReadonlySet<Role>;
  readonly key: string | undefined;
  readonly logLevel: z.infer<typeof environment>['LOG_LEVEL'];
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** What seals secrets, the present one first; empty where the key file does. */
  readonly secrets: readonly string[];
  readonly journalCapBytes: number;
  readonly ingestPerMinute: number | undefined;
  readonly diskReserveBytes: number | undefined;
  readonly uploadCapBytes: number;
  readonly importFolder: string | undefined;
  readonly importAllowAddresses: readonly string[];
  readonly trustedProxies: number;
  readonly metricsToken: string | undefined;
  readonly slowStatementMs: number;
  readonly otlpEndpoint: string | undefined;
  readonly backupTo: string | undefined;
  readonly backupSchedule: string;
  readonly backupKeep: number;
}

/** Reads the environment: the only place that does. Throws an Error that names the variable and what it takes. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  overrides: Partial<Config> = {},
): Config {
  const filled = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''));
  const parsed = environment.safeParse(filled);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
    throw new Error(`The environment is not usable. ${lines.join('; ')}.`);
  }
  const e = parsed.data;
  const chosenPort = overrides.port ?? e.PORT;
  const host = overrides.host ?? e.HOST;
  return {
    dataDir: e.TOUCHSTONE_DATA,
    port: chosenPort,
    host,
    publicUrl: e.TOUCHSTONE_URL ?? `http://${host}:${chosenPort}`,
    databaseUrl: e.DATABASE_URL,
    clickhouseUrl: e.CLICKHOUSE_URL,
    filesAt: e.TOUCHSTONE_FILES,
    s3: s3Of(e),
    roles: new Set(ROLES),
    key: e.TOUCHSTONE_KEY,
    logLevel: e.LOG_LEVEL,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    secrets: e.TOUCHSTONE_SECRET,
    journalCapBytes: e.JOURNAL_CAP_BYTES,
    ingestPerMinute: e.INGEST_PER_MINUTE,
    diskReserveBytes: e.DISK_RESERVE_BYTES,
    uploadCapBytes: e.UPLOAD_CAP_BYTES,
    importFolder: e.IMPORT_FOLDER,
    importAllowAddresses: e.IMPORT_ALLOW_ADDRESSES,
    trustedProxies: e.TRUSTED_PROXIES,
    metricsToken: e.TOUCHSTONE_METRICS_TOKEN,
    slowStatementMs: e.SLOW_STATEMENT_MS,
    otlpEndpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
    backupTo: e.BACKUP_TO,
    backupSchedule: e.BACKUP_SCHEDULE,
    backupKeep: e.BACKUP_KEEP,
    ...overrides,
  };
}

function s3Of(e: z.infer<typeof environment>): S3Settings {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = e;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new Error('The environment is not usable. AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: both or neither.');
  }
  return {
    endpoint: e.AWS_ENDPOINT_URL_S3,
    region: e.AWS_REGION,
    key:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  };
}
