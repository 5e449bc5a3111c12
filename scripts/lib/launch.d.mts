export function commandOf(args: readonly string[]): readonly string[];
export function launch(args: readonly string[]): Promise<number>;
