/** The button that opens something, by the name it says in `data-opens`: keys and actions use it as a reader would. */
export function opener(what: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-opens=${what}]`);
}
