import type { Answers, Localized, SurveyDocument } from '@touchstone/domain/survey';
import type { CatalogueBody } from '../../core/catalogue/contract.ts';
import type { EventInput } from '../../core/events/facade.ts';

/** Somebody as the company knows them. Times as the facts store writes them. */
export interface DemoPerson {
  readonly userId: string;
  /** What a browser called them before; '' where nothing did. */
  readonly anonymousId: string;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly at: string;
}

/** Answers that somebody gave together to a survey of the company's. */
export interface DemoResponse {
  readonly id: string;
  /** The survey's key. */
  readonly survey: string;
  readonly userId: string;
  readonly language: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly answers: Answers;
}

/** A survey that the company made here. */
export interface DemoSurvey {
  readonly key: string;
  readonly name: Localized;
  readonly document: SurveyDocument;
  readonly channel: string;
}

/** A made-up company's past, person by person. The same for the same options, in whatever parts it is asked for. */
export interface DemoStory {
  readonly people: number;
  person(n: number): DemoPerson;
  /** All that one person did and said. */
  told(n: number): readonly EventInput[];
  /** The responses to its surveys among what was told. */
  responses(told: readonly EventInput[]): readonly DemoResponse[];
}

/** What a workspace can be filled with. It is made elsewhere: this wing knows how to bring it in, not what it tells. */
export interface DemoCompany {
  readonly name: string;
  /** How many people it has, and by which seed, where nobody says. */
  readonly people: number;
  readonly seed: string;
  /** `today`: nothing is told of that day and later ones. */
  open(options: {
    readonly seed: string;
    readonly people: number;
    readonly today: string;
    readonly zone: string;
    readonly currency: string;
    /** Ids that its surveys have here, by their key. */
    readonly surveyIds: Readonly<Record<string, string>>;
  }): DemoStory;
  /** The catalogue as this company wants it. Done twice, it is the same. */
  arrange(body: CatalogueBody, locale: string): CatalogueBody;
  readonly surveys: readonly DemoSurvey[];
}
