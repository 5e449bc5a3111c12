import type { CatalogueBody } from '../../../core/catalogue/contract.ts';

/**
 * What a catalogue says, whatever the ids it was given: two that say the same are one. A set that was put in place of
 * another has ids of its own.
 */
export function sayingOf(body: CatalogueBody): string {
  const name = (list: readonly { readonly id: string; readonly name: string }[], id: string | null): string =>
    list.find((item) => item.id === id)?.name ?? '';
  const said = [
    body.stages.map((s) => s.name),
    body.channels.map((c) => c.name),
    body.teams.map((t) => t.name),
    body.touchpoints.map((t) => [
      t.name,
      name(body.stages, t.stageId),
      name(body.channels, t.channelId),
      name(body.teams, t.teamId),
    ]),
    body.rules.map((r) => [r.on, r.when, name(body.touchpoints, r.touchpointId)]),
  ];
  return JSON.stringify(said, inOrder);
}

/** The store gives an object's keys back in an order of its own. */
function inOrder(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

/**
 * What to do about a catalogue when a kind of company is chosen. `keep`: somebody changed it, and it stays theirs;
 * `there`: it is that set already; `lay`: it is another of the sets, and gives way.
 */
export function layingOf(
  present: CatalogueBody,
  wanted: CatalogueBody,
  sets: readonly CatalogueBody[],
): 'keep' | 'there' | 'lay' {
  const said = sayingOf(present);
  if (said === sayingOf(wanted)) return 'there';
  return sets.some((set) => sayingOf(set) === said) ? 'lay' : 'keep';
}
