export function checkBorders(root: string): { wrong: string[]; files: number };
export function findCircle(edges: ReadonlyMap<string, readonly string[]>): string[] | null;
