import { setImmediate as breath } from 'node:timers/promises';
import { toFactsTime } from '@touchstone/domain/calendar';
import { changeCatalogue } from '../../core/catalogue/facade.ts';
import { type EventInput, putEvents, removeEvents } from '../../core/events/facade.ts';
import { projectOrders, removeOrderRows } from '../../core/orders/facade.ts';
import { allotIdentities, keyOf, linkIdentities, removeSource, setTraits } from '../../core/people/facade.ts';
import { closeWorkspace, memberNames, readWorkspace } from '../../platform/workspaces/facade.ts';
import type { House } from '../../platform/house/house.ts';
import type { JobContext } from '../../platform/jobs/ports.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { forgetUnit, openNames, unit } from '../../platform/stores/units.ts';
import { hasFacts } from './facts.ts';
import { changeStanding, isFilling, NOTHING, readStanding, type Standing } from './standing.ts';
import type { DemoCompany, DemoResponse, DemoStory } from './story.ts';
import { bringResponses, dropSurveys, placeSurveys, type SurveyIds, withIds } from './surveys.ts';
import type { DemoState } from './vocabulary.ts';

/** What all of its facts say they came from. */
const SOURCE = 'demo';
/** People whose names and traits are written at once. */
const NAMED_AT_ONCE = 4_000;
/** Some ten thousand events: enough for an insert, and few enough that others have their turn. */
const TOLD_AT_ONCE = 300;
/** After the stories of so many, whoever else waits for this thread has their turn. */
const TOLD_IN_A_BREATH = 20;
/** Tries without an end before it is given up. */
const MOST_TRIES = 6;

interface Filling {
  readonly house: House;
  readonly workspace: Workspace;
  readonly story: DemoStory;
  readonly surveyIds: SurveyIds;
  /** When it was asked for: facts that went in for an earlier wish are no longer there. */
  readonly wish: string;
  /** People whose stories are one unit of work. */
  readonly toldAtOnce: number;
}

/**
 * Does what the workspace's standing asks for: brings the company in from where it stopped, or takes it out.
 * `leave`: the process stops, and somebody has to ask for another try.
 */
export async function work(
  house: House,
  company: DemoCompany,
  workspaceId: string,
  context: JobContext,
  toldAtOnce = TOLD_AT_ONCE,
): Promise<'end' | 'leave'> {
  const workspace = await readWorkspace(house, workspaceId);
  if (workspace === null) return 'end';
  let standing = await readStanding(house, workspaceId);
  if (isFilling(standing)) {
    if (standing.tries >= MOST_TRIES) {
      await fail(house, workspaceId, `It did not get to its end in ${MOST_TRIES} tries. The server's log says why.`);
      return 'end';
    }
    if ((await fill(house, company, workspace, context, toldAtOnce)) === 'leave') return 'leave';
    standing = await readStanding(house, workspaceId);
  }
  if (standing.state === 'removing') await remove(house, company, workspace, standing);
  return 'end';
}

/** The steps of several works that go on beside one another, as they come. Where it is broken off, each of them ends. */
async function* together<T>(...works: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const next = (work: AsyncGenerator<T>) => {
    const coming = work.next().then((step) => ({ work, step }));
    // It is heard of when its turn comes.
    coming.catch(() => undefined);
    return coming;
  };
  const coming = new Map(works.map((work) => [work, next(work)]));
  try {
    while (coming.size > 0) {
      const { work, step } = await Promise.race(coming.values());
      if (step.done === true) {
        coming.delete(work);
        continue;
      }
      coming.set(work, next(work));
      yield step.value;
    }
  } finally {
    await Promise.allSettled(works.map((work) => work.return(undefined)));
  }
}

async function fail(house: House, workspaceId: string, problem: string): Promise<void> {
  const finishedAt = house.clock.now().toISOString();
  await changeStanding(house, workspaceId, (s) => (isFilling(s) ? { ...s, state: 'failed', problem, finishedAt } : s));
}

/** Notes how far it is, unless somebody wants it out again. */
function note(house: House, workspaceId: string, now: Partial<Standing>): Promise<Standing> {
  return changeStanding(house, workspaceId, (before) => (isFilling(before) ? { ...before, ...now } : before));
}

async function fill(
  house: House,
  company: DemoCompany,
  workspace: Workspace,
  context: JobContext,
  toldAtOnce: number,
): Promise<'end' | 'leave'> {
  const begun = await changeStanding(house, workspace.id, (s) => (isFilling(s) ? { ...s, tries: s.tries + 1 } : s));
  const { seed, people, today, startedAt } = begun;
  const { zone, currency, locale } = workspace;
  await changeCatalogue(house, workspace.id, (body) => company.arrange(body, locale), SOURCE);
  const surveyIds = await placeSurveys(house, company, workspace, today);
  const story = company.open({ seed, people, today, zone, currency, surveyIds });
  const filling: Filling = { house, workspace, story, surveyIds, wish: startedAt, toldAtOnce };
  const goesOn = async (state: DemoState, steps: AsyncIterable<Partial<Standing>>): Promise<boolean> => {
    if (!isFilling(await note(house, workspace.id, { state }))) return false;
    for await (const step of steps) {
      // Whoever gets on is no try in vain.
      if (!isFilling(await note(house, workspace.id, { ...step, tries: 0 }))) return false;
      if (context.signal.aborted) return false;
    }
    return true;
  };
  // Naming mostly waits for one store, telling for this thread: after the first people both go on beside one another.
  const first = Math.min(people, NAMED_AT_ONCE);
  const whole =
    (await goesOn('people', namePeople(filling, begun.named, first))) &&
    (await goesOn(
      'stories',
      together(namePeople(filling, Math.max(first, begun.named)), tellStories(filling, begun)),
    )) &&
    (await goesOn('orders', makeOrders(filling)));
  if (whole) await note(house, workspace.id, { state: 'done', finishedAt: house.clock.now().toISOString() });
  return context.signal.aborted && !whole ? 'leave' : 'end';
}

/** People by name, with what is known of them. Done twice, it is the same. */
async function* namePeople(
  { house, workspace, story }: Filling,
  from: number,
  to = story.people,
): AsyncGenerator<Partial<Standing>> {
  for (let n = from; n < to; n += NAMED_AT_ONCE) {
    const end = Math.min(to, n + NAMED_AT_ONCE);
    const people = Array.from({ length: end - n }, (_, i) => story.person(n + i));
    const keyed = people.map((person) => ({ person, key: { kind: 'user', value: person.userId } as const }));
    const seen = keyed.map(({ person, key }) => ({ ...key, at: person.at }));
    const numbers = await allotIdentities(house, workspace.id, seen, SOURCE);
    const links = keyed.flatMap(
      ({ person: { anonymousId, at }, key }) =>
      anonymousId === '' ? [] : [{ a: { kind: 'anonymous', value: anonymousId } as const, b: key, reason: 'identify' as const, at }], // prettier-ignore
    );
    if (links.length > 0) await linkIdentities(house, workspace.id, links, SOURCE);
    const traits = keyed.flatMap(({ person, key }) => {
      const identityNo = numbers.get(keyOf(key));
      return identityNo === undefined ? [] : [{ identityNo, traits: person.traits, at: person.at }];
    });
    await setTraits(house, workspace.id, traits, SOURCE);
    yield { named: end };
  }
}

/**
 * What everybody did, some hundred people at a time: while the facts of some are going in, the stories of the next are made. A part that
 * is brought again after a break has the same token, and counts once.
 */
async function* tellStories(filling: Filling, begun: Standing): AsyncGenerator<Partial<Standing>> {
  const { story, toldAtOnce } = filling;
  let { events } = begun;
  let before: { readonly told: number; readonly rows: Promise<number> } | null = null;
  try {
    for (let n = begun.told; n < story.people; n += toldAtOnce) {
      const end = Math.min(story.people, n + toldAtOnce);
      const rows = bring(filling, n, end);
      // As above.
      rows.catch(() => undefined);
      const earlier = before;
      before = { told: end, rows };
      if (earlier === null) continue;
      events += await earlier.rows;
      yield { told: earlier.told, events };
    }
    if (before !== null) yield { told: before.told, events: events + (await before.rows) };
  } finally {
    // Whoever breaks off leaves nothing under way.
    await before?.rows.catch(() => undefined);
  }
}

async function bring(
  { house, workspace, story, surveyIds, wish }: Filling,
  from: number,
  end: number,
): Promise<number> {
  let told = 0;
  const responses: DemoResponse[] = [];
  async function* stories(): AsyncGenerator<readonly EventInput[]> {
    for (let n = from; n < end; n += TOLD_IN_A_BREATH) {
      const some = Array.from({ length: Math.min(TOLD_IN_A_BREATH, end - n) }, (_, i) => story.told(n + i)).flat();
      told += some.length;
      const named = withIds(workspace.id, some, story.responses(some));
      responses.push(...named.responses);
      yield named.events;
      await breath();
    }
  }
  const token = `demo:${workspace.id}:${wish}:${from}`;
  const receivedAt = toFactsTime(house.clock.now().getTime());
  await unit(house.records, token, async () => {
    await putEvents(house, workspace, stories(), { source: SOURCE, token, receivedAt });
    await bringResponses(house, workspace.id, surveyIds, responses, { token, origin: SOURCE });
  });
  return told;
}

async function* makeOrders({ house, workspace }: Filling): AsyncGenerator<Partial<Standing>> {
  await projectOrders(house, workspace, { source: SOURCE });
  yield {};
}

/** Takes all of it out again, and the workspace where it was opened for this and holds nothing else. Done twice, it is the same. */
async function remove(house: House, company: DemoCompany, workspace: Workspace, { opened }: Standing): Promise<void> {
  await dropSurveys(house, company, workspace.id);
  await removeOrderRows(house, workspace, SOURCE);
  await removeEvents(house, workspace, { source: SOURCE });
  await removeSource(house, workspace.id, SOURCE);
  for (const name of await openNames(house.records.db)) {
    if (name.startsWith(`demo:${workspace.id}:`)) await forgetUnit(house.records.db, name);
  }
  if (opened && !(await isUsed(house, workspace.id))) await closeWorkspace(house, workspace.id);
  else await changeStanding(house, workspace.id, () => NOTHING);
}

/** Whether a workspace has something that is nobody's of the demo: a colleague, facts, people, files, sources, views. */
async function isUsed(house: House, workspaceId: string): Promise<boolean> {
  if ((await memberNames(house, workspaceId)).size > 1) return true;
  return (await house.holds(workspaceId)) || (await hasFacts(house.facts, workspaceId));
}
