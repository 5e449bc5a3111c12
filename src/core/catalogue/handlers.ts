import { implement } from '@orpc/server';
import { factsTimeToInstant } from '@touchstone/domain/calendar';
import type { House } from '../../platform/house/house.ts';
import { type RequestContext, callerId } from '../../platform/kernel/context.ts';
import { Problem, badInput, notFound } from '../../platform/kernel/problem.ts';
import { applyRules } from './applying.ts';
import { checkBody, rulesOf, samePlaces, settleIds } from './book.ts';
import { type Catalogue, type CatalogueBody, type RulePreview, catalogueContract } from './contract.ts';
import { sampleRule, weighRule } from './facts/places.ts';
import { weightOfRules } from './facts/rules.ts';
import { loadCatalogue } from './loading.ts';
import { type StoredRun, beginRun, selectRun, updateCatalogue } from './records.ts';
import { bodyOfSet } from './sets.ts';
import { FACT_KINDS } from './vocabulary.ts';

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
      checkBody(draft);
      checkWeight(draft);
      const before = await loadCatalogue(house, workspaceId);
      if (before.version !== version) throw overtaken();
      const body = settleIds(draft, before.body, house.clock);
      const moved = !samePlaces(before.body, body);
      const rulesVersion = before.rulesVersion + (moved ? 1 : 0);
      await house.records.transaction(async (tx) => {
        const now = house.clock.now();
        const next = { body, rulesVersion, at: now, by: callerId(context.caller) };
        if (!(await updateCatalogue(tx, workspaceId, version, next))) throw overtaken();
        if (!moved) return;
        await beginRun(tx, workspaceId, rulesVersion, now);
        await house.jobs.send(applyRules, { workspaceId }, { tx });
      });
      return read(workspaceId);
    }),

    preview: os.preview.handler(async ({ input, context }): Promise<RulePreview> => {
      const workspaceId = context.workspace.id;
      const { draft, ruleId } = input;
      checkBody(draft);
      checkWeight(draft);
      const rules = rulesOf(draft);
      const place = draft.rules.findIndex((r) => r.id === ruleId);
      const rule = rules[place];
      if (rule === undefined) throw notFound('rule');
      const book = { workspaceId, version: 0, rules };
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

/** Names and values the rules of one kind may put into a statement: ClickHouse takes 1,000 with a request. */
const WEIGHT_CAP = 900;

/** Throws Problem `bad-input` for rules that no statement could ask: the past, and orders to come, would stay without a place. */
function checkWeight(draft: CatalogueBody): void {
  const book = { workspaceId: '', version: 0, rules: rulesOf(draft) };
  for (const kind of FACT_KINDS) {
    if (weightOfRules(book, kind) <= WEIGHT_CAP) continue;
    throw badInput(
      'rules',
      undefined,
      `The rules for one kind of fact (${kind}) ask about more than can be asked at once.`,
      'Take rules together: one condition may have a pattern with * or a list of values.',
    );
  }
}

function overtaken(): Problem {
  return new Problem('conflict', 'Somebody else saved the catalogue since you opened it.', {
    field: 'version',
    mend: 'Load it again, look at what they changed, and make your changes in that.',
    code: 'catalogue-overtaken',
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
