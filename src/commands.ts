import { journalCommand } from './core/journal/command.ts';
import { importFile } from './listen/imports/command.ts';
import { sourceCommand } from './listen/sources/command.ts';
import { demo } from '../demo/command.ts';
import { backupCommand, restoreCommand } from './platform/backup/command.ts';
import { retentionCommand } from './platform/retention/command.ts';
import { exportCommand } from './platform/cli/exporting.ts';
import { init } from './platform/cli/init.ts';
import { setPasswordCommand } from './platform/cli/password.ts';
import { doctor } from './platform/operations/doctor.ts';
import { rotateKeyCommand } from './platform/cli/rotate-key.ts';
import { serve } from './platform/cli/serve.ts';
import type { Command } from './platform/house/house.ts';
import { serverCapabilities } from './server-capabilities.ts';

/** Every command of `./touchstone` that the server bundle holds, in the order of its help. */
export const commands: readonly Command[] = [
  serve(serverCapabilities),
  init(serverCapabilities),
  importFile,
  sourceCommand,
  exportCommand({
    people: '/api/v1/people',
    orders: '/api/v1/orders',
    events: '/api/v1/events',
    feedback: '/api/v1/feedback',
  }),
  journalCommand,
  retentionCommand,
  demo(),
  backupCommand,
  restoreCommand(serverCapabilities),
  setPasswordCommand(serverCapabilities),
  rotateKeyCommand(serverCapabilities),
  doctor(serverCapabilities),
];
