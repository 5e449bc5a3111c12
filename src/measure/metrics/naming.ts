import { catalogueNames } from '../../core/catalogue/facade.ts';
import { surveyNames } from '../../listen/surveys/facade.ts';
import type { FiguresHouse } from './answers.ts';

/** Names of a property's levels by their keys; undefined where a level is its own name. */
export type LevelNames = (field: string) => ReadonlyMap<string, string> | undefined;

const byId = (named: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> =>
  new Map(named.map(({ id, name }) => [id, name]));

/** What the catalogue calls places of the journey and channels, and what surveys are called. */
export async function levelNames(house: FiguresHouse, workspaceId: string): Promise<LevelNames> {
  const [places, surveys] = await Promise.all([catalogueNames(house, workspaceId), surveyNames(house, workspaceId)]);
  const known: Readonly<Record<string, ReadonlyMap<string, string>>> = {
    touchpoint: byId(places.touchpoints),
    stage: byId(places.stages),
    channel: byId(places.channels),
    survey_id: surveys,
  };
  return (field) => {
    const name = field.slice(field.indexOf('.') + 1);
    return Object.hasOwn(known, name) ? known[name] : undefined;
  };
}
