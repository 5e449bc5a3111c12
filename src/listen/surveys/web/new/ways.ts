import type { ComponentType } from 'react';
import type { MessageKey } from '../../../../platform/web/ui/index.ts';

/** What each way to begin a survey is given. */
export interface WayProps {
  /** A survey was made: the editor opens. */
  readonly onMade: (surveyId: string) => void;
}

/** A way to begin a survey; `key` stands in the address as `?way=`. The file exports `Way`. */
export interface NewWay {
  readonly key: string;
  readonly labelKey: MessageKey;
  readonly load: () => Promise<{ readonly Way: ComponentType<WayProps> }>;
}

/** In the order they are offered. */
export const NEW_WAYS: readonly NewWay[] = [
  { key: 'blank', labelKey: 'surveys.new.blank', load: () => import('./blank-way.tsx') },
  { key: 'ready', labelKey: 'surveys.new.ready', load: () => import('./instruments.tsx') },
  { key: 'import', labelKey: 'surveys.new.import', load: () => import('./import.tsx') },
];
