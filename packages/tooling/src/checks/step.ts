/** One step of `pnpm check`: what it is called and what it answers. */

export interface StepResult {
  readonly passed: boolean;
  /** What is wrong, in full; empty when it passed. */
  readonly output: string;
  /** A few words for the line of a step that passed, such as `139 files`; may be empty. */
  readonly summary: string;
}

export interface Step {
  /** As typed after `pnpm check`. */
  readonly name: string;
  readonly title: string;
  /** What to run when it fails and the tool can mend it; null where only a person can. */
  readonly remedy: string | null;
  run(root: string): Promise<StepResult>;
}
