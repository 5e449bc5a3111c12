import type { Language } from '@touchstone/domain/languages';
import type { ComponentType } from 'react';
import type { Period } from '@touchstone/domain/calendar';
import type { HappeningView } from '../../activity/contract.ts';
import type { Access } from '../../kernel/contract.ts';
import type { Translate } from '../ui/i18n/language.tsx';

/** The parts of the loop, in the order of the rail. `setup` stands at the rail's end. */
export const WINGS = ['home', 'listen', 'unify', 'measure', 'understand', 'act', 'setup'] as const;
export type Wing = (typeof WINGS)[number];

/** One page. `load` imports the file that exports `Page`, so that each page is a chunk of its own. */
export interface WebPage<K extends string = string> {
  /** `/unify/people/$personId`: what stands behind `$` is read with `useParam('personId')`. */
  readonly path: `/${string}`;
  /** What the reader must be allowed; `public` and `session` pages stand outside the shell. */
  readonly permission: Access;
  /** Its entry in the rail, where it has one. */
  readonly nav?: {
    readonly wing: Wing;
    readonly labelKey: K;
    readonly order: number;
    /** After `g` it leads here: `m`. Each letter once. */
    readonly letter?: string;
  };
  /** By what ⌘K finds it, where it has no entry in the rail. */
  readonly labelKey?: K;
  /**
   * The period and filter on top hold for it. On any other they are not shown, and wait in the address for one that they hold for.
   * `allTime`: where the address says no period, it is all time and not the usual one.
   */
  readonly scoped?: true | 'allTime';
  readonly load: () => Promise<{ readonly Page: ComponentType }>;
  /** Fetches its late words (`fetchMoreWords`), beside its code. */
  readonly words?: (language: Language) => Promise<unknown>;
}

/** What ⌘K finds beside pages: people, say, in the reader's words. Answers at most a handful. */
export interface PaletteProvider<K extends string = string> {
  readonly labelKey: K;
  readonly permission: Access;
  readonly find: (words: string, signal: AbortSignal, t: Translate) => Promise<readonly PaletteEntry[]>;
}

export interface PaletteEntry {
  readonly title: string;
  readonly note?: string;
  /** Where it leads: `/unify/people/per_…`. */
  readonly to: string;
}

/** What the filter on top offers to choose from, beside whatever may be typed. */
export interface FilterProvider {
  readonly permission: Access;
  readonly fields: (signal: AbortSignal) => Promise<readonly FilterField[]>;
  /** What a reader calls a field: `Way of paying` for `order.payment_type`. */
  readonly nameOf: (field: string, t: Translate) => string;
  /** The same with whose it is, where two are called the same: `Channel (order)`. */
  readonly whoseOf: (field: string, t: Translate) => string;
  /** What a reader calls one of its levels, where the field's name stands by: `Help desk`, `Parcel came late`. */
  readonly valueOf: (field: string, label: string, t: Translate) => string;
  /** The condition that a field is one of its levels: `State: PL`, `Parcel came late`. */
  readonly levelOf: (field: string, label: string, t: Translate) => string;
}

export interface FilterField {
  /** As the filter grammar names it: `order.payment_type`. */
  readonly field: string;
  /** Its frequent values. */
  readonly levels: readonly { readonly key: string; readonly label: string }[];
}

/** Who knows which days have data: pages whose address says no period show the latest of them. */
export interface KnownDays {
  readonly permission: Access;
  /** What `read` is kept by; pages that ask the same ask by the same key. */
  readonly key: readonly [string, ...unknown[]];
  /** The first and last of them, both inclusive; null: nothing is loaded. */
  readonly read: (signal: AbortSignal) => Promise<{ readonly extent: Period | null }>;
}

/** Words for what the activity list tells of, and the page where one sees more; undefined for what is not one's own. */
export type HappeningWords = (
  happening: HappeningView,
  t: Translate,
) => { readonly title: string; readonly note?: string; readonly to: `/${string}` } | undefined;

/**
 * What a capability gives to the web app; listed in src/web-capabilities.ts. `Book` is its own English messages
 * (`typeof import('../messages.en.json')`), from which the keys of `t` are known.
 */
export interface WebCapability<Book extends object> {
  /** The key it has in the API: `people`. */
  readonly key: string;
  readonly pages: readonly WebPage<keyof Book & string>[];
  readonly palette?: PaletteProvider<keyof Book & string>;
  readonly filter?: FilterProvider;
  readonly knownDays?: KnownDays;
  /** Loaded when somebody opens the list of what runs and what happened. */
  readonly happenings?: () => Promise<HappeningWords>;
}

/** Any of them, as the shell takes it. */
export interface ListedCapability {
  readonly key: string;
  readonly pages: readonly WebPage[];
  readonly palette?: PaletteProvider;
  readonly filter?: FilterProvider;
  readonly knownDays?: KnownDays;
  readonly happenings?: () => Promise<HappeningWords>;
}
