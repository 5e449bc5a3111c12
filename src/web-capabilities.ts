import { catalogueWeb } from './core/catalogue/web/index.ts';
import { ordersWeb } from './core/orders/web/index.ts';
import { peopleWeb } from './core/people/web/index.ts';
import { demoWeb } from './listen/demo/web/index.ts';
import { importsWeb } from './listen/imports/web/index.ts';
import { responsesWeb } from './listen/responses/web/index.ts';
import { surveysWeb } from './listen/surveys/web/index.ts';
import { exploreWeb } from './measure/explore/web/index.ts';
import { metricsWeb } from './measure/metrics/web/index.ts';
import { accountsWeb } from './platform/accounts/web/index.ts';
import { auditWeb } from './platform/audit/web/index.ts';
import { directoryWeb } from './platform/directory/web/index.ts';
import { retentionWeb } from './platform/retention/web/index.ts';
import { operationsWeb } from './platform/operations/web/index.ts';
import { web } from './platform/web/capability.ts';
import { welcomeWeb } from './platform/welcome/web/index.ts';
import { workspacesWeb } from './platform/workspaces/web/index.ts';

/** Every capability with pages or messages of its own. A test fails when folders and this list differ. */
export const webCapabilities = [
  web,
  workspacesWeb,
  accountsWeb,
  auditWeb,
  directoryWeb,
  retentionWeb,
  operationsWeb,
  peopleWeb,
  ordersWeb,
  catalogueWeb,
  metricsWeb,
  exploreWeb,
  importsWeb,
  responsesWeb,
  surveysWeb,
  welcomeWeb,
  demoWeb,
] as const;
