/** Chooses who is told of a `sluice get`: a person at a terminal, a log, or a script. */
import type { OutputForm } from './request.ts';
import { JsonReporter } from '../../report/json-reporter.ts';
import { PlainReporter } from '../../report/plain-reporter.ts';
import type { Reporter } from '../../report/reporter.ts';
import type { Surroundings } from '../../surroundings.ts';

export async function reporterFor(output: OutputForm, surroundings: Surroundings): Promise<Reporter> {
  const { workingFolder, environment, platform } = surroundings;
  const nowMs = (): number => surroundings.nowMs();
  if (output === 'json') return new JsonReporter(surroundings);
  if (output === 'quiet' || !surroundings.terminal) {
    return new PlainReporter(surroundings, { workingFolder, nowMs, quiet: output === 'quiet' });
  }
  // Measuring text takes tables of Unicode that no log and no script should wait for.
  const [{ TerminalReporter }, { styleFor }] = await Promise.all([
    import('../../report/terminal-reporter.ts'),
    import('../../terminal/style.ts'),
  ]);
  const style = styleFor(environment, platform);
  return new TerminalReporter(surroundings, { workingFolder, nowMs, style, size: () => surroundings.size() });
}
