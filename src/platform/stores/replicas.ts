/**
 * A table's engine with all its clauses, as one server can hold a copy by itself that nobody replicates.
 * @param full `engine_full` of system.tables
 */
export function ownEngine(full: string): string {
  return full.replace(
    /^(?:Replicated|Shared)(\w*MergeTree)(?:\('[^']*', '[^']*'(?:, )?([^)]*)\))?/,
    (_, engine: string, more?: string) => (more === undefined || more === '' ? engine : `${engine}(${more})`),
  );
}
