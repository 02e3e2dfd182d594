/** Chooses who is told of a `sluice get`: a person at a terminal, a log, or a script. */
import type { OutputForm } from '../arguments/get-request.ts';
import { JsonReporter } from '../report/json-reporter.ts';
import { PlainReporter } from '../report/plain-reporter.ts';
import type { Reporter } from '../report/reporter.ts';
import { TerminalReporter } from '../report/terminal-reporter.ts';
import type { Surroundings } from '../surroundings.ts';
import { styleFor } from '../terminal/style.ts';

export function reporterFor(output: OutputForm, surroundings: Surroundings): Reporter {
  const { workingFolder, environment, platform } = surroundings;
  const nowMs = (): number => surroundings.nowMs();
  if (output === 'json') return new JsonReporter(surroundings);
  if (output === 'quiet' || !surroundings.terminal) {
    return new PlainReporter(surroundings, { workingFolder, nowMs, quiet: output === 'quiet' });
  }
  const style = styleFor(environment, platform);
  return new TerminalReporter(surroundings, { workingFolder, nowMs, style, size: () => surroundings.size() });
}
