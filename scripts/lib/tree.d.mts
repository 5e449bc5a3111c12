export const ROOT: string;
export function filesBelow(root: string, accept?: (name: string) => boolean): string[];
