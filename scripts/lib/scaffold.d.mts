export function makeCapability(root: string, path: string | undefined, prefix: string | undefined): Promise<string[]>;
