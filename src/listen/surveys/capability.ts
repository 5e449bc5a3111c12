import type { Capability, House } from '../../platform/house/house.ts';
import { codeRoutes } from './codes/routes.ts';
import { surveysContract } from './contract.ts';
import { fileRoutes } from './file-routes.ts';
import { surveysHandlers } from './handlers.ts';
import { importRoute } from './importing.ts';
import { endResponses, sweepSurveyFiles, tellFacts } from './job-kinds.ts';
import { surveyJobs } from './jobs.ts';
import { surveyKeepers } from './keeping.ts';
import { PublishedSurveys } from './published.ts';
import { countSurveys } from './records/surveys.ts';
import { resealSurveys } from './resealing.ts';
import { surveyRoutes } from './routes.ts';
import { SavingResponses } from './saving.ts';
import { Taking } from './taking.ts';

/** Surveys: made, published, answered on a page of their own, and told among the facts. */
export const surveys: Capability = {
  name: 'listen/surveys',
  key: 'surveys',
  contract: surveysContract,
  plug: (house: House) => {
    const published = new PublishedSurveys(house);
    const saving = new SavingResponses(house);
    return {
      handlers: surveysHandlers(house, published),
      routes: [
        importRoute,
        ...surveyRoutes(house, new Taking(house, published, saving)),
        ...fileRoutes(house),
        ...codeRoutes(house),
      ],
      jobs: surveyJobs(house, saving),
      keeps: surveyKeepers(house),
      holds: async (workspaceId) => (await countSurveys(house.records.db, workspaceId)) > 0,
      start: async () => {
        await house.jobs.schedule(endResponses, '*/10 * * * *', {});
        await house.jobs.schedule(sweepSurveyFiles, '20 3 * * *', {});
        await house.jobs.send(tellFacts, {});
      },
      reseal: (vault) => resealSurveys(house, vault),
    };
  },
};
