import { type Day, isDay, startOfDayMs, toFactsTime } from '@touchstone/domain/calendar';
import { EVERYTHING, fieldsOf, type Predicate } from '@touchstone/domain/predicate';
import { fieldOf } from '@touchstone/domain/survey';
import { asProblem, readFilter, readRowFilter } from '../../core/fields/facade.ts';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import type { Permission } from '../../platform/kernel/permissions.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { type AskedSurvey, readSurvey } from '../surveys/facade.ts';
import { type Condition, conditionOf, type Narrowed } from './facts/narrowing.ts';
import { Documents } from './reading/documents.ts';

/** Which responses of which survey are asked about, as an operation was told. */
export interface Asking {
  readonly surveyId: string;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly filter: string;
  readonly where: string;
  readonly words: string;
  /** Single responses are told, or what somebody typed: which of them a filter leaves tells what it asks about. */
  readonly single?: boolean;
}

/** Who asks. */
export interface Asker {
  readonly workspace: Workspace;
  readonly permissions: ReadonlySet<Permission>;
}

export interface Asked {
  readonly workspace: Workspace;
  readonly survey: AskedSurvey;
  readonly documents: Documents;
  readonly condition: Condition;
  /** Whether it is about all responses there are. */
  readonly all: boolean;
  readonly seesPeople: boolean;
}

/** Reads what is asked. Throws Problem for a survey there is not, and for what cannot be read. */
export async function readAsked(house: Pick<House, 'records'>, asker: Asker, asking: Asking): Promise<Asked> {
  const { workspace, permissions } = asker;
  const survey = await readSurvey(house, workspace.id, asking.surveyId);
  if (survey === null) throw notFound('survey');
  const documents = new Documents(survey.versions, asking.words);
  const { from, to, filter, where } = asking;
  return {
    workspace,
    survey,
    documents,
    condition: readCondition(asker, survey.id, documents, asking),
    all: from === undefined && to === undefined && filter === '' && where === '',
    seesPeople: permissions.has('people:read'),
  };
}

/** The same survey's other responses. */
export function readCondition(
  { workspace, permissions }: Asker,
  surveyId: string,
  documents: Documents,
  { from, to, filter, where, single }: Pick<Asking, 'from' | 'to' | 'filter' | 'where' | 'single'>,
  names: readonly [where: string, name: string] = ['where', ''],
): Condition {
  const own = readFilter(where, names[0]);
  refuseTyped(own, documents, permissions);
  const narrowed: Narrowed = {
    workspace,
    surveyId,
    period: { fromTime: timeOf(from, workspace.zone, 'from'), toTime: timeOf(to, workspace.zone, 'to') },
    filter: filterOf(filter, single === true, permissions),
    where: own,
    question: (id) => documents.find(id),
  };
  try {
    conditionOf({ ...narrowed, filter: EVERYTHING }, names[1]);
  } catch (error) {
    throw asProblem(error, names[0], where);
  }
  try {
    return conditionOf(narrowed, names[1]);
  } catch (error) {
    throw asProblem(error, 'filter', filter);
  }
}

function filterOf(filter: string, single: boolean, permissions: ReadonlySet<Permission>): Predicate {
  if (filter === '') return EVERYTHING;
  return single ? readRowFilter(filter, permissions, () => ['feedback']) : readFilter(filter);
}

function timeOf(day: Day | undefined, zone: string, field: string): string | undefined {
  if (day === undefined) return undefined;
  if (!isDay(day) || day < '1980-01-01' || day > '2100-01-01')
    throw badInput(field, day, 'This is no day that anything is kept of.');
  return toFactsTime(startOfDayMs(day, zone));
}

/** What somebody typed is told word by word to who may read comments alone. */
function refuseTyped(where: Predicate, documents: Documents, permissions: ReadonlySet<Permission>): void {
  if (permissions.has('comments:read')) return;
  for (const name of fieldsOf(where)) {
    const field = fieldOf(name);
    const kind = field?.of === 'answer' ? documents.find(field.id)?.question.kind : undefined;
    if (kind !== 'shortText' && kind !== 'longText') continue;
    throw new Problem('forbidden', `A condition on ${name} needs the permission comments:read.`, {
      mend: 'Take that condition away, or use a key with that scope.',
      code: 'no-permission',
    });
  }
}
