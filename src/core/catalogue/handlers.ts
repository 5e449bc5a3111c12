import { implement } from '@orpc/server';
import { factsTimeToInstant } from '@touchstone/domain/calendar';
import type { House } from '../../platform/house/house.ts';
import { type RequestContext, callerId } from '../../platform/kernel/context.ts';
import { notFound } from '../../platform/kernel/problem.ts';
import { bookOf, checkBody } from './book.ts';
import { type Catalogue, type RulePreview, catalogueContract } from './contract.ts';
import { sampleRule, weighRule } from './facts/places.ts';
import { loadCatalogue } from './loading.ts';
import { type StoredRun, selectRun } from './records.ts';
import { checkWeight, saveCatalogue } from './saving.ts';
import { bodyOfSet } from './sets.ts';

const SAMPLE = 5;
/** What a sample shows of a fact wants the permission to read facts of its kind. */
const READS = { event: 'events:read', feedback: 'comments:read', order: 'orders:read' } as const;

export function catalogueHandlers(house: House) {
  const os = implement(catalogueContract).$context<RequestContext>();

  const read = async (workspaceId: string): Promise<Catalogue> => {
    const { version, body, savedAt } = await loadCatalogue(house, workspaceId);
    const run = await selectRun(house.records.db, workspaceId);
    return { version, savedAt: savedAt.toISOString(), ...body, run: run === undefined ? null : runOf(run) };
  };

  return os.router({
    get: os.get.handler(({ context }) => read(context.workspace.id)),

    save: os.save.handler(async ({ input, context }) => {
      const workspaceId = context.workspace.id;
      const { version, ...draft } = input;
      await saveCatalogue(house, workspaceId, version, draft, callerId(context.caller));
      return read(workspaceId);
    }),

    preview: os.preview.handler(async ({ input, context }): Promise<RulePreview> => {
      const workspaceId = context.workspace.id;
      const { draft, ruleId } = input;
      checkBody(draft);
      checkWeight(draft);
      const book = bookOf(workspaceId, 0, draft);
      const { rules } = book;
      const place = draft.rules.findIndex((r) => r.id === ruleId);
      const rule = rules[place];
      if (rule === undefined) throw notFound('rule');
      const earlier = rules.slice(0, place).filter((r) => r.on === rule.on);
      const [weighed, sample] = await Promise.all([
        weighRule(house.facts, book, rule, earlier),
        sampleRule(house.facts, book, rule, SAMPLE),
      ]);
      const shown = context.permissions.has(READS[rule.on]);
      return {
        ...weighed,
        sample: sample.map((row) => ({
          ...row,
          at: factsTimeToInstant(row.at),
          detail: shown ? row.detail : '',
        })),
      };
    }),

    set: os.set.handler(({ input, context }) => bodyOfSet(input.set, context.workspace.locale)),
  });
}

function runOf(run: StoredRun): Catalogue['run'] {
  const { state, total, done, changed } = run;
  return {
    state,
    total,
    done,
    changed,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}
