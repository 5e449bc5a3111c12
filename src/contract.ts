import { catalogueContract } from './core/catalogue/contract.ts';
import { eventsContract } from './core/events/contract.ts';
import { feedbackContract } from './core/feedback/contract.ts';
import { journalContract } from './core/journal/contract.ts';
import { ordersContract } from './core/orders/contract.ts';
import { peopleContract } from './core/people/contract.ts';
import { demoContract } from './listen/demo/contract.ts';
import { importsContract } from './listen/imports/contract.ts';
import { responsesContract } from './listen/responses/contract.ts';
import { sourcesContract } from './listen/sources/contract.ts';
import { surveysContract } from './listen/surveys/contract.ts';
import { exploreContract } from './measure/explore/contract.ts';
import { metricsContract } from './measure/metrics/contract.ts';
import { accountsContract } from './platform/accounts/contract.ts';
import { activityContract } from './platform/activity/contract.ts';
import { auditContract } from './platform/audit/contract.ts';
import { operationsContract } from './platform/operations/contract.ts';
import { backupContract } from './platform/backup/contract.ts';
import { retentionContract } from './platform/retention/contract.ts';
import { directoryContract } from './platform/directory/contract.ts';
import { welcomeContract } from './platform/welcome/contract.ts';
import { workspacesContract } from './platform/workspaces/contract.ts';

/** The whole API: one key per capability. Types of the web app's client and the OpenAPI document come from here. */
export const contract = {
  workspaces: workspacesContract,
  accounts: accountsContract,
  audit: auditContract,
  directory: directoryContract,
  operations: operationsContract,
  backups: backupContract,
  retention: retentionContract,
  welcome: welcomeContract,
  activity: activityContract,
  people: peopleContract,
  events: eventsContract,
  feedback: feedbackContract,
  orders: ordersContract,
  catalogue: catalogueContract,
  journal: journalContract,
  imports: importsContract,
  sources: sourcesContract,
  surveys: surveysContract,
  responses: responsesContract,
  demo: demoContract,
  metrics: metricsContract,
  explore: exploreContract,
};

export type Contract = typeof contract;
