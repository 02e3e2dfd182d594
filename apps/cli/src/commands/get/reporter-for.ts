/** Chooses who is told of a `sluice get`: a person at a terminal, a log, or a script. */
import type { OutputForm } from './request.ts';
import { JsonReporter } from '../../report/json-reporter.ts';
import { PlainReporter } from '../../report/plain-reporter.ts';
import type { Reporter } from '../../report/reporter.ts';
import type { CliContext } from '../../cli-context.ts';

/** @param options `hasLog`: lines of a log come as well, between which bars would be torn */
export async function reporterFor(
  { output, hasLog = false }: { readonly output: OutputForm; readonly hasLog?: boolean },
  context: CliContext,
): Promise<Reporter> {
  const { workingFolder, environment, platform } = context;
  const nowMs = (): number => context.nowMs();
  if (output === 'json') return new JsonReporter(context);
  if (output === 'quiet' || hasLog || !context.terminal) {
    return new PlainReporter(context, { workingFolder, nowMs, quiet: output === 'quiet' });
  }
  // Measuring text takes tables of Unicode that no log and no script should wait for.
  const [{ TerminalReporter }, { styleFor }] = await Promise.all([
    import('../../report/terminal-reporter.ts'),
    import('../../terminal/style.ts'),
  ]);
  const style = styleFor(environment, platform);
  return new TerminalReporter(context, { workingFolder, nowMs, style, size: () => context.size() });
}
