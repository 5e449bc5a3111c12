import type { Predicate } from '@touchstone/domain/predicate';
import type { House } from '../../platform/house/house.ts';
import type { FactKind } from './vocabulary.ts';

/** All that this facade needs of the house, so that a worker thread can call it with its own stores. */
export type CatalogueHouse = Pick<House, 'records' | 'clock'>;

export interface BookRule {
  readonly on: FactKind;
  readonly when: Predicate;
  readonly touchpointId: string;
  readonly stageId: string;
}

/** A workspace's rules in order, first match wins: plain data that may be posted to another thread. */
export interface RuleBook {
  readonly workspaceId: string;
  readonly version: number;
  readonly rules: readonly BookRule[];
}

/** What a fact is given. Empty where no rule matches. */
export interface Place {
  readonly touchpoint: string;
  readonly stage: string;
}

/** A fact under its columns' names (`order_id`); `props` parsed, or as JSON text. Missing columns have no value. */
export type Classifiable = Readonly<Record<string, unknown>>;

export interface Classifier {
  /** For the column `rules_version`. */
  readonly version: number;
  classify(kind: FactKind, fact: Classifiable): Place;
}

/** The same rules as expressions over the columns of a kind's table. */
export interface RulesSql {
  readonly version: number;
  readonly touchpoint: string;
  readonly stage: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Ask once per batch: cheap when nothing changed since. A workspace without a catalogue is given the shop's. */
export function loadRules(_house: CatalogueHouse, _workspaceId: string): Promise<RuleBook> {
  throw new Error('not built yet');
}

export function compileRules(_book: RuleBook): Classifier {
  throw new Error('not built yet');
}

/** @param prefix of the parameters' names */
export function compileRulesSql(_book: RuleBook, _kind: FactKind, _prefix?: string): RulesSql {
  throw new Error('not built yet');
}

/** Names for figures and pages, in the catalogue's order. */
export interface CatalogueNames {
  readonly stages: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly touchpoints: readonly {
    readonly id: string;
    readonly name: string;
    readonly stageId: string;
    readonly channelId: string | null;
  }[];
}

export function catalogueNames(_house: CatalogueHouse, _workspaceId: string): Promise<CatalogueNames> {
  throw new Error('not built yet');
}
