import { createContext } from 'react';

/** A place of the document that the reader was led to; `times` tells one time from the next. */
export interface Led {
  readonly at: string;
  readonly times: number;
}

/** Where the reader was led last, for the part of the editor that shows it and puts the focus there. */
export const LedContext = createContext<Led | undefined>(undefined);

/**
 * The field for a place, the closest there is: `choices[2].text`, else `choices[2]`, else `choices`. Fields carry their
 * own place as `data-at`.
 */
export function fieldAt(within: ParentNode, place: string): HTMLElement | null {
  for (let at = place; at !== ''; at = at.replace(/(?:\.|^)\w+$|\[\d+\]$/u, '')) {
    const found = within.querySelector<HTMLElement>(`[data-at="${CSS.escape(at)}"]`);
    if (found !== null) return found.matches('input, textarea, select, button') ? found : (found.querySelector('input, textarea, select, button') ?? found); // prettier-ignore
  }
  return null;
}
