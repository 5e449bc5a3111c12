import type { House } from '../../platform/house/house.ts';
import { Problem, badInput } from '../../platform/kernel/problem.ts';
import { applyRules } from './applying.ts';
import { bookOf, checkBody, samePlaces, settleIds } from './book.ts';
import type { CatalogueBody } from './contract.ts';
import { weightOfRules } from './facts/rules.ts';
import { loadCatalogue } from './loading.ts';
import { beginRun, updateCatalogue } from './records.ts';
import { FACT_KINDS } from './vocabulary.ts';

type SavingHouse = Pick<House, 'records' | 'clock' | 'jobs'>;

/**
 * Saves a draft over a version, and has the facts of the past given their new places where it moves any. Throws Problem
 * `bad-input` for what does not hold together, `conflict` where that version is no longer the latest.
 * @param by a member's or a key's id, or a capability's name
 */
export async function saveCatalogue(
  house: SavingHouse,
  workspaceId: string,
  version: number,
  draft: CatalogueBody,
  by: string,
): Promise<void> {
  checkBody(draft);
  checkWeight(draft);
  const before = await loadCatalogue(house, workspaceId);
  if (before.version !== version) throw overtaken();
  const body = settleIds(draft, before.body, house.clock);
  const moved = !samePlaces(before.body, body);
  const rulesVersion = before.rulesVersion + (moved ? 1 : 0);
  await house.records.transaction(async (tx) => {
    const now = house.clock.now();
    if (!(await updateCatalogue(tx, workspaceId, version, { body, rulesVersion, at: now, by }))) throw overtaken();
    if (!moved) return;
    await beginRun(tx, workspaceId, rulesVersion, now);
    await house.jobs.send(applyRules, { workspaceId }, { tx });
  });
}

/** Changes the catalogue as it stands; nothing is saved where the change leaves it as it is. */
export async function changeCatalogue(
  house: SavingHouse,
  workspaceId: string,
  change: (body: CatalogueBody) => CatalogueBody,
  by: string,
): Promise<void> {
  const { version, body } = await loadCatalogue(house, workspaceId);
  const changed = change(body);
  if (changed !== body) await saveCatalogue(house, workspaceId, version, changed, by);
}

/** Names and values the rules of one kind may put into a statement: ClickHouse takes 1,000 with a request. */
const WEIGHT_CAP = 900;

/** Throws Problem `bad-input` for rules that no statement could ask: the past, and orders to come, would stay without a place. */
export function checkWeight(draft: CatalogueBody): void {
  const book = bookOf('', 0, draft);
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
