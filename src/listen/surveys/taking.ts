import {
  type Answers,
  countedAnswers,
  isPersonal,
  nextStep,
  previousStep,
  type Step,
  stepAt,
  unfinishedStep,
  type Walk,
  walk,
} from '@touchstone/domain/survey';
import type { House } from '../../platform/house/house.ts';
import { Problem } from '../../platform/kernel/problem.ts';
import type { Arrival } from './arriving.ts';
import type { PublishedSurveys } from './published.ts';
import { type ResponseRow, WAITING } from './records/responses.ts';
import { ended, notNow, type SavingResponses } from './saving.ts';
import { type Barred, Seating, type Sitting } from './sitting.ts';
import { GUARD, RESPONSE_BYTES } from './vocabulary.ts';

/** Where a respondent stands after a page was handed in. */
export type Handed =
  | { readonly at: 'step'; readonly sitting: Sitting; readonly step: Step; readonly told: boolean }
  | { readonly at: 'end'; readonly sitting: Sitting };

type To = 'next' | 'back' | 'stay';

/** How often what was handed in is put beside what another window kept, before whoever sent it is asked to send it again. */
const TRIES = 5;

/** Takes answers: from the first look at a page to what is handed in. Knows nothing of HTTP or of HTML. */
export class Taking {
  readonly #house: House;
  readonly #seating: Seating;
  readonly #saving: SavingResponses;

  constructor(house: House, published: PublishedSurveys, saving: SavingResponses) {
    this.#house = house;
    this.#seating = new Seating(house, published);
    this.#saving = saving;
  }

  /** Who answers what, as far as it is known. Nothing is kept by looking. `trusting`: as `Seating.sit` has it. */
  sit(slug: string, arrival: Arrival, trusting = false): Promise<Sitting | Barred> {
    return this.#seating.sit(slug, arrival, trusting);
  }

  /** What a form says that is shown before anything of it is kept. */
  beginning(sitting: Sitting, bits: number): string {
    return this.#seating.beginning(sitting, bits);
  }

  /**
   * Keeps what was handed in with a page and goes on. `answers` replaces all answers of the page's questions: what is not
   * among them was left open. Where another window was faster, it is put beside what that one kept. `unread`: something of it
   * is kept, and nobody had looked; nothing was done. Throws Problem `conflict` where the response has ended meanwhile.
   */
  async hand(sitting: Sitting, stepKey: string, given: Answers, to: To): Promise<Handed | 'unread'> {
    let now = sitting;
    for (let tries = 0; tries < TRIES; tries++) {
      if (now.row.state !== 'open') return { at: 'end', sitting: now };
      const handed = await this.#hand(now, stepKey, given, to);
      if (handed !== 'overtaken') return handed;
      if (now.unread) return 'unread';
      now = await this.#seating.again(now);
      if (now.row.state !== 'open') throw ended();
      const step = now.found.steps.find(({ key }) => key === stepKey);
      // What was only being typed is sent once more with its page; written now, it might put back what was handed in since.
      if (step === undefined || to === 'stay') {
        const at = step ?? unfinishedStep(now.found) ?? now.found.steps.at(-1);
        if (at !== undefined) return { at: 'step', sitting: now, step: at, told: false };
      }
    }
    return notNow();
  }

  async #hand(sitting: Sitting, stepKey: string, given: Answers, to: To): Promise<Handed | 'overtaken'> {
    const { row, found, survey } = sitting;
    const step = stepAt(found, stepKey);
    if (step === undefined) return this.#end(sitting);
    const answers = merged(
      row.answers,
      step,
      sitting.published.row.settings.anonymous ? impersonal(step, given) : given,
    );
    if (Buffer.byteLength(JSON.stringify(answers)) > RESPONSE_BYTES) {
      throw new Problem('too-large', 'These answers are longer than a response may be.', {
        mend: 'Shorten what you wrote.',
      });
    }
    const changed = { ...row, answers, changedAt: this.#house.clock.now() };
    const next = { ...sitting, row: changed, found: walk(survey, answers, found.context) };
    if (to !== 'next') {
      const at = (to === 'back' ? previousStep(next.found, step.key) : stepAt(next.found, step.key)) ?? step;
      return this.#keepAt(next, at, false);
    }
    const again = stepAt(next.found, step.key);
    const before = new Set(step.questions.map(({ key }) => key));
    // An answer may bring up another question on the same page: it is shown before one goes on.
    if (again?.key === step.key && again.questions.some(({ key }) => !before.has(key))) {
      return this.#keepAt(next, again, false);
    }
    const onward = nextStep(next.found, step.key);
    return onward === 'end' ? this.#end(next) : this.#keepAt(next, onward, onward.key === step.key);
  }

  async #end(sitting: Sitting): Promise<Handed | 'overtaken'> {
    const { found, row } = sitting;
    const open = found.outcome === 'complete' ? unfinishedStep(found) : undefined;
    if (open !== undefined) return this.#keepAt(sitting, open, true);
    const now = this.#house.clock.now();
    const suspect = isFast(found, now.getTime() - row.startedAt.getTime())
      ? [...new Set([...row.around.suspect, 'fast' as const])]
      : row.around.suspect;
    const apart = suspect.length > 0 && sitting.published.row.settings.suspectsApart;
    const last: ResponseRow = {
      ...row,
      state: found.outcome,
      around: { ...row.around, once: null, suspect },
      changedAt: now,
      endedAt: now,
      ending: found.ending?.id ?? null,
      // Who says so wants no figure of what a program may have answered.
      batch: apart ? null : WAITING,
    };
    // Nor does it take anybody's place.
    const how = await this.#saving.end(last, apart ? [] : found.counts, apart ? [] : (row.around.once ?? []));
    if (how === 'overtaken') return how;
    // Somebody else took the last place while this page was filled in: the way is walked again, past the full quota.
    if (how === 'full') return this.#end(await this.#seating.anew(sitting));
    return { at: 'end', sitting: { ...sitting, row: last, kept: true } };
  }

  async #keepAt(sitting: Sitting, step: Step, told: boolean): Promise<Handed | 'overtaken'> {
    if (!(await this.#saving.save(sitting.row))) return 'overtaken';
    const row = { ...sitting.row, revision: sitting.row.revision + 1 };
    return { at: 'step', sitting: { ...sitting, row, kept: true }, step, told };
  }
}

/** Whether so many questions were answered faster than anybody reads them. */
function isFast(found: Walk, ms: number): boolean {
  const answered = Object.keys(countedAnswers(found)).length;
  return answered > 0 && ms < GUARD.fastMs.first + (answered - 1) * GUARD.fastMs.each;
}

/** What a page's answers become: those of its questions are replaced, all others stay. */
function merged(before: Answers, step: Step, given: Answers): Answers {
  const answers = { ...before };
  for (const { key } of step.questions) {
    const answer = given[key];
    if (answer === undefined) delete answers[key];
    else answers[key] = answer;
  }
  return answers;
}

/** Without what says who somebody is. */
function impersonal(step: Step, given: Answers): Answers {
  const personal = new Set(step.questions.filter(({ question }) => isPersonal(question)).map(({ key }) => key));
  return Object.fromEntries(Object.entries(given).filter(([key]) => !personal.has(key)));
}
