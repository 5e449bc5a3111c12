export function differing(present: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): string[];
export function referencePages(
  document: object,
  operations: readonly {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly permission: string;
    readonly audit?: object;
  }[],
): Map<string, string>;
