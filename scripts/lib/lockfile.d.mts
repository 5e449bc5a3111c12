export function checkLockfile(root: string): { wrong: string[] };
