interface RunOptions {
  show?: boolean;
  env?: Record<string, string>;
  cwd?: string;
}
interface RunResult {
  code: number;
  output: string;
}
export function run(command: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
export function tool(name: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
