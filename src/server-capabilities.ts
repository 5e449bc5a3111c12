import { catalogue } from './core/catalogue/capability.ts';
import { events } from './core/events/capability.ts';
import { feedback } from './core/feedback/capability.ts';
import { journal } from './core/journal/capability.ts';
import { orders } from './core/orders/capability.ts';
import { people } from './core/people/capability.ts';
import { company } from '../demo/company/index.ts';
import { demoOf } from './listen/demo/capability.ts';
import { imports } from './listen/imports/capability.ts';
import { responses } from './listen/responses/capability.ts';
import { sources } from './listen/sources/capability.ts';
import { surveys } from './listen/surveys/capability.ts';
import { explore } from './measure/explore/capability.ts';
import { metrics } from './measure/metrics/capability.ts';
import { accounts } from './platform/accounts/capability.ts';
import { activity } from './platform/activity/capability.ts';
import { audit } from './platform/audit/capability.ts';
import { operations } from './platform/operations/capability.ts';
import { backup } from './platform/backup/capability.ts';
import { retention } from './platform/retention/capability.ts';
import { directory } from './platform/directory/capability.ts';
import { welcome } from './platform/welcome/capability.ts';
import { workspaces } from './platform/workspaces/capability.ts';
import type { Capability } from './platform/house/house.ts';

/** Every capability of the server, lower wings first. A test fails when folders and this list differ. */
export const serverCapabilities: readonly Capability[] = [
  workspaces,
  accounts,
  audit,
  directory,
  operations,
  backup,
  retention,
  welcome,
  activity,
  people,
  events,
  feedback,
  orders,
  catalogue,
  journal,
  imports,
  sources,
  surveys,
  responses,
  demoOf(company),
  metrics,
  explore,
];
