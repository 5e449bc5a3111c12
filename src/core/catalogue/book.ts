import { PredicateError, type Predicate, fieldsOf, parseTree } from '@touchstone/domain/predicate';
import { type IdKind, newId } from '../../platform/kernel/ids.ts';
import type { Clock } from '../../platform/kernel/clock.ts';
import { badInput } from '../../platform/kernel/problem.ts';
import type { CatalogueBody } from './contract.ts';
import { type FactKind, RULE_FIELDS } from './vocabulary.ts';

export interface BookRule {
  readonly on: FactKind;
  readonly when: Predicate;
  readonly touchpointId: string;
  readonly stageId: string;
}

/** A touchpoint of the catalogue, with its stage. */
export interface BookPlace {
  readonly touchpointId: string;
  readonly stageId: string;
}

/** A workspace's rules in order, first match wins: plain data that may be posted to another thread. */
export interface RuleBook {
  readonly workspaceId: string;
  readonly version: number;
  readonly rules: readonly BookRule[];
  /** What an answer may itself say where it was given. */
  readonly places: readonly BookPlace[];
}

const LISTS = ['stages', 'channels', 'teams', 'touchpoints', 'rules'] as const;
const ID_KINDS: Readonly<Record<(typeof LISTS)[number], IdKind>> = {
  stages: 'stage',
  channels: 'channel',
  teams: 'team',
  touchpoints: 'touchpoint',
  rules: 'rule',
};

/** Whether a rule may ask about a field. */
export function mayAsk(on: FactKind, field: string): boolean {
  const columns: readonly string[] = RULE_FIELDS[on];
  return columns.includes(field) || (field.startsWith('props.') && field.length > 'props.'.length);
}

/** Rules and touchpoints of a body that was checked. */
export function bookOf(workspaceId: string, version: number, body: CatalogueBody): RuleBook {
  const stages = new Map(body.touchpoints.map((t) => [t.id, t.stageId]));
  const rules = body.rules.map((r) => ({
    on: r.on,
    when: parseTree(r.when),
    touchpointId: r.touchpointId,
    stageId: stages.get(r.touchpointId) ?? '',
  }));
  return { workspaceId, version, rules, places: body.touchpoints.map(({ id, stageId }) => ({ touchpointId: id, stageId })) }; // prettier-ignore
}

/**
 * Whether every fact has the same place after a change: a new name moves none, nor does a new touchpoint, where nothing
 * was answered yet.
 */
export function samePlaces(before: CatalogueBody, after: CatalogueBody): boolean {
  const [a, b] = [bookOf('', 0, before), bookOf('', 0, after)];
  const stages = new Map(b.places.map((place) => [place.touchpointId, place.stageId]));
  const stands = a.places.every((place) => stages.get(place.touchpointId) === place.stageId);
  return stands && JSON.stringify(a.rules) === JSON.stringify(b.rules);
}

/** Throws Problem `bad-input` naming the place: a name or id given twice, a reference to nothing, a rule nobody can ask. */
export function checkBody(body: CatalogueBody): void {
  for (const list of LISTS) {
    const ids = new Set<string>();
    const names = new Set<string>();
    body[list].forEach((item, i) => {
      if (ids.has(item.id)) throw badInput(`${list}.${i}.id`, item.id, 'This id stands there twice.');
      ids.add(item.id);
      if (!('name' in item)) return;
      const name = item.name.toLocaleLowerCase();
      if (names.has(name))
        throw badInput(`${list}.${i}.name`, item.name, 'There is one of this name already.', undefined, {
          code: 'name-twice',
          values: { name: item.name },
        });
      names.add(name);
    });
  }
  const known = (list: 'stages' | 'channels' | 'teams' | 'touchpoints', field: string, value: string | null) => {
    if (value !== null && !body[list].some((item) => item.id === value)) {
      throw badInput(field, value, `None of the ${list} has this id.`);
    }
  };
  body.touchpoints.forEach((t, i) => {
    known('stages', `touchpoints.${i}.stageId`, t.stageId);
    known('channels', `touchpoints.${i}.channelId`, t.channelId);
    known('teams', `touchpoints.${i}.teamId`, t.teamId);
  });
  body.rules.forEach((r, i) => {
    known('touchpoints', `rules.${i}.touchpointId`, r.touchpointId);
    checkPredicate(r.on, r.when, `rules.${i}.when`);
  });
}

function checkPredicate(on: FactKind, tree: unknown, at: string): void {
  try {
    const odd = fieldsOf(parseTree(tree)).find((field) => !mayAsk(on, field));
    if (odd === undefined) return;
    const fields = [...RULE_FIELDS[on], 'props.…'].join(', ');
    throw badInput(at, odd, `A rule for this kind cannot ask about "${odd}".`, `It can ask about ${fields}.`);
  } catch (error) {
    if (error instanceof PredicateError) throw badInput(at, tree, error.message);
    throw error;
  }
}

/** The same body with ids of ours for all that `before` does not have. */
export function settleIds(body: CatalogueBody, before: CatalogueBody, clock: Clock): CatalogueBody {
  const fresh = new Map<string, string>();
  for (const list of LISTS) {
    const old = new Set(before[list].map((item) => item.id));
    for (const { id } of body[list]) if (!old.has(id)) fresh.set(`${list} ${id}`, newId(ID_KINDS[list], clock));
  }
  const of = (list: (typeof LISTS)[number], id: string): string => fresh.get(`${list} ${id}`) ?? id;
  const ofNone = (list: (typeof LISTS)[number], id: string | null) => (id === null ? null : of(list, id));
  return {
    stages: body.stages.map((s) => ({ ...s, id: of('stages', s.id) })),
    channels: body.channels.map((c) => ({ ...c, id: of('channels', c.id) })),
    teams: body.teams.map((t) => ({ ...t, id: of('teams', t.id) })),
    touchpoints: body.touchpoints.map((t) => ({
      ...t,
      id: of('touchpoints', t.id),
      stageId: of('stages', t.stageId),
      channelId: ofNone('channels', t.channelId),
      teamId: ofNone('teams', t.teamId),
    })),
    rules: body.rules.map((r) => ({ ...r, id: of('rules', r.id), touchpointId: of('touchpoints', r.touchpointId) })),
  };
}
