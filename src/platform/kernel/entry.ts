/** Set to true in the server bundle, where every entry lies in one folder as `<name>.js`. */
declare const __TOUCHSTONE_BUNDLED__: true | undefined;

/** Whether this code runs from the bundle (`dist/server`) rather than from source. */
export const bundled: boolean = typeof __TOUCHSTONE_BUNDLED__ !== 'undefined' && __TOUCHSTONE_BUNDLED__;

/**
 * Where a program of ours lies that runs in a process or thread of its own.
 * @param name its name in the bundle
 * @param source its source beside the caller: `new URL('./drain.worker.ts', import.meta.url)`
 * @param here the caller's `import.meta.url`
 */
export function entryUrl(name: string, source: URL, here: string): URL {
  return bundled ? new URL(`./${name}.js`, here) : source;
}
