export function wrongNumbers(files: readonly string[]): string[];
export function nextFile(files: readonly string[], name: string): string;
export function described(schema: object): object;
export function replaced(before: object, part: object): object;
export function stable(value: unknown): string;
