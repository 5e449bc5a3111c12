import { hash } from 'node:crypto';
import { addMonths } from '@touchstone/domain/calendar';
import { languageOf } from '@touchstone/domain/languages';
import type { EventInput } from '../../core/events/facade.ts';
import type { House } from '../../platform/house/house.ts';
import type { Workspace } from '../../platform/kernel/context.ts';
import { dropSurvey, placeResponses, placeSurvey } from '../surveys/facade.ts';
import type { DemoCompany, DemoResponse } from './story.ts';

/** How long before the company's last day its surveys were made. */
const OPEN_MONTHS = 19;

/** Ids that the company's surveys have in a workspace, by their key. */
export type SurveyIds = Readonly<Record<string, string>>;

/** Made of what it names, so that who asks twice is given the same; of its moment, as ids are. */
function idAt(prefix: string, at: Date, name: string): string {
  const ms = at.getTime().toString(16).padStart(12, '0');
  return `${prefix}_${ms}7${hash('sha256', name, 'hex').slice(0, 19)}`;
}

function surveyIdsIn(company: DemoCompany, workspaceId: string): SurveyIds {
  const idOf = (key: string): string => idAt('srv', new Date(0), `${workspaceId} demo survey ${key}`);
  return Object.fromEntries(company.surveys.map(({ key }) => [key, idOf(key)]));
}

/** The company's own surveys, open since before its story begins. Done twice, it is the same. */
export async function placeSurveys(
  house: House,
  company: DemoCompany,
  { id: workspaceId, locale }: Workspace,
  today: string,
): Promise<SurveyIds> {
  const ids = surveyIdsIn(company, workspaceId);
  const openSince = new Date(`${addMonths(today, -OPEN_MONTHS)}T00:00:00Z`);
  for (const { key, name, document, channel } of company.surveys) {
    const called = name[languageOf(locale) ?? 'en'] ?? key;
    await placeSurvey(house, { workspaceId, surveyId: ids[key] ?? '' }, { name: called, document, channel, openSince });
  }
  return ids;
}

/** The same with ids of this workspace, in the answers among events and in the responses they make. */
export function withIds(
  workspaceId: string,
  told: readonly EventInput[],
  responses: readonly DemoResponse[],
): { readonly events: readonly EventInput[]; readonly responses: readonly DemoResponse[] } {
  const ids = new Map(
    responses.map(({ id, startedAt }) => [id, idAt('rsp', startedAt, `${workspaceId} demo response ${id}`)]),
  );
  const events = told.map((event) => {
    const id = ids.get(String(event.props['response_id']));
    return id === undefined ? event : { ...event, props: { ...event.props, response_id: id } };
  });
  return { events, responses: responses.map((one) => ({ ...one, id: ids.get(one.id) ?? one.id })) };
}

/** Responses to them. Repeated with the same token, it changes nothing. */
export async function bringResponses(
  house: House,
  workspaceId: string,
  ids: SurveyIds,
  responses: readonly DemoResponse[],
  { token, origin }: { readonly token: string; readonly origin: string },
): Promise<void> {
  for (const [key, surveyId] of Object.entries(ids)) {
    const own = responses.filter(({ survey }) => survey === key);
    await placeResponses(house, { workspaceId, surveyId }, own, {
      token: `${token}:${key}`,
      origin,
    });
  }
}

/** Takes them out with all that was answered. Done twice, it is the same. */
export async function dropSurveys(house: House, company: DemoCompany, workspaceId: string): Promise<void> {
  for (const surveyId of Object.values(surveyIdsIn(company, workspaceId))) {
    await dropSurvey(house, { workspaceId, surveyId });
  }
}
