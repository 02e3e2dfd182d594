/** What a check of ours found wrong, and how it is printed. */

export interface Violation {
  /** Path from the workspace root. */
  readonly file: string;
  /** 1-based; null when the whole file is meant. */
  readonly line: number | null;
  /** The rule's short name, as the tables and the tests call it. */
  readonly rule: string;
  /** What is forbidden and what to do instead, as one sentence. */
  readonly message: string;
}

export function formatViolation(violation: Violation): string {
  const place = violation.line === null ? violation.file : `${violation.file}:${violation.line}`;
  return `${place}  ${violation.message}  [${violation.rule}]`;
}

/** By file, then line, so that the same tree always prints the same text. */
export function sortViolations(violations: readonly Violation[]): readonly Violation[] {
  return violations.toSorted(
    (a, b) => compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compareText(a.message, b.message),
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
