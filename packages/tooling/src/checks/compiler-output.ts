/** Takes the TypeScript compiler's plain output apart. */

export interface CompilerOutput {
  /** Each finding with its continuation lines. */
  readonly findings: readonly string[];
  /** The files of the program, as `--listFiles` prints them. */
  readonly files: readonly string[];
}

const finding = /(?:^|\): |\s)error TS\d+: /u;
const absolutePath = /^(?:\/|[A-Za-z]:[\\/])/u;

/** A finding starts with a place and a code; its explanation follows on indented lines; files stand on lines of their own. */
export function readCompilerOutput(output: string): CompilerOutput {
  const findings: string[] = [];
  const files: string[] = [];
  for (const line of output.split(/\r?\n/u).filter((text) => text !== '')) {
    if (line.startsWith(' ') && findings.length > 0) findings.push(`${findings.pop() ?? ''}\n${line}`);
    else if (absolutePath.test(line) && !finding.test(line)) files.push(line);
    else findings.push(line);
  }
  return { findings, files };
}
