import type { SurveyDocument } from '@touchstone/domain/survey';
import { parseSurvey, surveySchema } from '@touchstone/domain/survey/design';
import { implement } from '@orpc/server';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { House } from '../../platform/house/house.ts';
import type { Db } from '../../platform/stores/ports.ts';
import { callerId, type RequestContext } from '../../platform/kernel/context.ts';
import { readCursor, writeCursor } from '../../platform/kernel/cursor.ts';
import { newId } from '../../platform/kernel/ids.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { dropReports } from '../responses/facade.ts';
import { addressOf } from './address.ts';
import { svgOf } from './codes/drawing.ts';
import { codeOf } from './codes/making.ts';
import { type Survey, type SurveyIssue, surveysContract } from './contract.ts';
import type { PublishedSurveys } from './published.ts';
import { hasResponses, selectResponses } from './records/responses.ts';
import {
  countSurveys,
  deleteSurvey,
  insertSurvey,
  insertVersion,
  lockSurvey,
  lockSurveys,
  selectStandings,
  selectSurvey,
  selectSurveys,
  selectVersion,
  type SurveyListedRow,
  type SurveyRow,
  updateSurvey,
} from './records/surveys.ts';
import { asksWho, Issues, issuesOf } from './issues.ts';
import { linkTo } from './linking.ts';
import { responsesOf } from './reading.ts';
import { readyInstruments, surveyOfInstrument } from './ready.ts';
import { newSecret } from './secrets.ts';
import { MOST_SURVEYS } from './vocabulary.ts';

const cursorShape = z.tuple([z.string().max(60)]);

export function surveysHandlers(house: House, published: PublishedSurveys) {
  const os = implement(surveysContract).$context<RequestContext>();
  const { db } = house.records;
  const issues = new Issues();

  const rowOf = async ({ workspace }: RequestContext, surveyId: string): Promise<SurveyRow> => {
    const row = await selectSurvey(db, workspace.id, surveyId);
    if (row === null) throw notFound('survey');
    return row;
  };

  /** Changes one that nobody else changes meanwhile. */
  const changing = async (
    { workspace }: RequestContext,
    surveyId: string,
    change: (row: SurveyRow, tx: Db) => Promise<SurveyRow>,
  ): Promise<Survey> => {
    const row = await house.records.transaction(async (tx) => {
      const before = await lockSurvey(tx, workspace.id, surveyId);
      if (before === null) throw notFound('survey');
      const after = { ...(await change(before, tx)), changedAt: house.clock.now() };
      await updateSurvey(tx, before, after);
      return after;
    });
    published.forget(row.slug);
    return told(house, issues, row);
  };

  const make = async (
    { workspace }: RequestContext,
    made: Pick<SurveyRow, 'name' | 'draft' | 'settings'>,
  ): Promise<Survey> => {
    const id = newId('survey', house.clock);
    const now = house.clock.now();
    const row: SurveyRow = {
      ...made,
      id,
      workspaceId: workspace.id,
      slug: randomBytes(9).toString('base64url'),
      state: 'draft',
      revision: 1,
      version: null,
      versionRevision: null,
      secret: newSecret(house, id),
      answered: false,
      createdAt: now,
      changedAt: now,
    };
    await house.records.transaction(async (tx) => {
      await lockSurveys(tx, workspace.id);
      if ((await countSurveys(tx, workspace.id)) >= MOST_SURVEYS) throw tooMany();
      await insertSurvey(tx, row);
    });
    return told(house, issues, row);
  };

  return os.router({
    list: os.list.handler(async ({ input, context }) => {
      const { limit, cursor, search, state } = input;
      const [before] = cursor === undefined ? [] : readCursor(cursorShape, cursor);
      const rows = await selectSurveys(db, context.workspace.id, { search, state, before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const standings = await selectStandings(
        db,
        shown.map((row) => row.id),
      );
      const last = shown.at(-1);
      return {
        items: shown.map((row) => {
          const { begun = 0, complete = 0, lastAt = null } = standings.get(row.id) ?? {};
          return { ...summaryOf(house, row), begun, complete, lastAt: lastAt === null ? null : lastAt.toISOString() };
        }),
        nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.id]) : null,
      };
    }),

    get: os.get.handler(async ({ input, context }) => told(house, issues, await rowOf(context, input.surveyId))),

    version: os.version.handler(async ({ input: { surveyId, version }, context }) => {
      const row = await rowOf(context, surveyId);
      const document = await selectVersion(db, row.id, version);
      if (document === null) throw notFound('survey');
      return { version, document };
    }),

    schema: os.schema.handler(() => ({ ...surveySchema })),

    create: os.create.handler(({ input, context }) =>
      make(context, { name: input.name, draft: documentOf(input.document), settings: input.settings }),
    ),

    instruments: os.instruments.handler(async ({ input }) => ({ items: await readyInstruments(input.language) })),

    createReady: os.createReady.handler(async ({ input, context }) =>
      make(context, await surveyOfInstrument(input.instrument, input.languages, input.name)),
    ),

    copy: os.copy.handler(async ({ input, context }) => {
      const { draft, settings } = await rowOf(context, input.surveyId);
      return make(context, { name: input.name, draft, settings });
    }),

    change: os.change.handler(({ input, context }) => {
      const { surveyId, name, settings, revision } = input;
      const document = input.document === undefined ? undefined : documentOf(input.document);
      return changing(context, surveyId, async (row, tx) => {
        if (document !== undefined && revision !== row.revision) throw changedMeanwhile();
        const after = { ...row.settings, ...stated(settings ?? {}) };
        if (after.anonymous !== row.settings.anonymous && row.version !== null) {
          // Who answered was promised one thing or the other; and what is open may ask who somebody is.
          if (await wasAnswered(tx, row)) throw promised();
          const errors = after.anonymous ? asksWho((await selectVersion(tx, row.id, row.version)) ?? row.draft) : [];
          if (errors.length > 0) throw cannotPublish(errors);
        }
        return {
          ...row,
          name: name ?? row.name,
          settings: after,
          draft: document ?? row.draft,
          revision: document === undefined ? row.revision : row.revision + 1,
        };
      });
    }),

    check: os.check.handler(({ input }) => ({ issues: issuesOf(documentOf(input.document)) })),

    publish: os.publish.handler(async ({ input, context }) => {
      // Looked through before anybody has to wait for it.
      issues.of(await rowOf(context, input.surveyId));
      return changing(context, input.surveyId, async (row, tx) => {
        if (input.revision !== row.revision) throw changedMeanwhile();
        const errors = issues.of(row).filter((issue) => issue.severity === 'error');
        if (errors.length > 0) throw cannotPublish(errors);
        if (row.versionRevision === row.revision && row.version !== null) return { ...row, state: 'open' };
        const version = (row.version ?? 0) + 1;
        await insertVersion(tx, {
          surveyId: row.id,
          version,
          workspaceId: row.workspaceId,
          document: row.draft,
          publishedAt: house.clock.now(),
          publisherId: callerId(context.caller),
        });
        context.trail.changed('version', String(row.version ?? ''), String(version));
        return { ...row, state: 'open', version, versionRevision: row.revision };
      });
    }),

    close: os.close.handler(({ input, context }) =>
      changing(context, input.surveyId, (row) => {
        if (row.state === 'draft') throw notOpen();
        return Promise.resolve({ ...row, state: 'closed' });
      }),
    ),

    remove: os.remove.handler(async ({ input, context }) => {
      await house.records.transaction(async (tx) => {
        const row = await lockSurvey(tx, context.workspace.id, input.surveyId, 'update');
        if (row === null) throw notFound('survey');
        if (await wasAnswered(tx, row)) throw answered();
        await dropReports(tx, row.workspaceId, row.id);
        await deleteSurvey(tx, row);
        published.forget(row.slug);
      });
      return { id: input.surveyId };
    }),

    link: os.link.handler(async ({ input, context }) => ({
      url: linkTo(house, await rowOf(context, input.surveyId), input),
    })),

    codes: os.codes.handler(async ({ input, context }) => {
      const survey = await rowOf(context, input.surveyId);
      const drawn = input.codes.map((wanted) => codeOf(house, survey, wanted));
      return { items: drawn.map((code) => ({ ...code, svg: svgOf(code.url, code.name) })) };
    }),

    responses: os.responses.handler(async ({ input, context }) => {
      const { surveyId, limit, cursor, state } = input;
      const survey = await rowOf(context, surveyId);
      const [before] = cursor === undefined ? [] : readCursor(cursorShape, cursor);
      const place = { workspaceId: context.workspace.id, surveyId };
      const rows = await selectResponses(db, place, { state, before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await responsesOf(published, survey, shown, context.permissions.has('people:read')),
        nextCursor: rows.length > limit && last !== undefined ? writeCursor([last.id]) : null,
      };
    }),
  });
}

/** By anybody, ever: what they said may be among the facts alone by now. */
async function wasAnswered(tx: Db, row: SurveyRow): Promise<boolean> {
  return row.answered || (await hasResponses(tx, row.id));
}

/** The document, or a problem that names what is wrong with it and where. */
function documentOf(given: unknown): SurveyDocument {
  const parsed = parseSurvey(given);
  if (parsed.document !== undefined) return parsed.document;
  const [first] = parsed.problems;
  throw badInput(
    first === undefined || first.at === '' ? 'document' : `document.${first.at}`,
    undefined,
    `This is no survey document: ${first?.at ?? 'it'} ${first?.reason ?? ''}.`,
    'See GET /api/v1/surveys/schema.',
    { code: 'not-a-survey' },
  );
}

function summaryOf(house: House, row: SurveyListedRow) {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    address: addressOf(house, row),
    version: row.version,
    changed: row.version !== null && row.versionRevision !== row.revision,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

function told(house: House, issues: Issues, row: SurveyRow): Survey {
  return {
    ...summaryOf(house, row),
    document: row.draft,
    revision: row.revision,
    settings: row.settings,
    issues: issues.of(row),
  };
}

function changedMeanwhile(): Problem {
  return new Problem('conflict', 'Somebody else changed this survey meanwhile.', {
    mend: 'Read it again and make your change anew.',
    code: 'survey-changed',
  });
}

function cannotPublish(errors: readonly SurveyIssue[]): Problem {
  const [first] = errors;
  return new Problem('conflict', `${errors.length} things keep this survey from being published.`, {
    field: first?.at ?? 'document',
    mend: 'GET /api/v1/surveys/{surveyId} lists them, with the way that leads to each.',
    code: 'survey-not-ready',
    values: { count: errors.length },
  });
}

function notOpen(): Problem {
  return new Problem('conflict', 'This survey was never published.', {
    mend: 'Publish it, or delete it.',
    code: 'survey-not-open',
  });
}

function promised(): Problem {
  return new Problem('conflict', 'People have begun to answer: what they were promised of their names stays so.', {
    field: 'settings.anonymous',
    mend: 'Copy the survey, and change the copy before it is published.',
    code: 'survey-anonymity-kept',
  });
}

function answered(): Problem {
  return new Problem('conflict', 'People have answered this survey: it is kept with what they said.', {
    mend: 'Close it instead.',
    code: 'survey-answered',
  });
}

function tooMany(): Problem {
  return new Problem('conflict', `There are ${MOST_SURVEYS} surveys already.`, {
    mend: 'Delete one that nobody needs.',
    code: 'too-many-surveys',
    values: { most: MOST_SURVEYS },
  });
}

/** Without what is left out. */
function stated<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
