import { metricsWeb } from './measure/metrics/web/index.ts';
import { web } from './platform/web/capability.ts';

/** Every capability with pages or messages of its own. A test fails when folders and this list differ. */
export const webCapabilities = [web, metricsWeb] as const;
