export function checkPromises(root: string): { wrong: string[]; promises: number };
