/** The words of the command line: commands, options and help. */
import { Command, CommanderError } from 'commander';
import type { Parsed } from './arguments/usage-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { describeCache } from './commands/cache/options.ts';
import { describeConfig } from './commands/config/options.ts';
import { describeGet } from './commands/get/options.ts';
import { describeList } from './commands/list/options.ts';
import { describeManual } from './commands/manual/options.ts';
import { describeQueue } from './commands/queue/options.ts';
import { describeServe } from './commands/serve/options.ts';
import { describeSessions } from './commands/sessions/options.ts';
import { adviceFor, respell } from './program/other-spellings.ts';
import { usageErrorLine, type ProgramDeps } from './program/program-deps.ts';
import type { CliContext } from './cli-context.ts';
import { version } from './version.ts';

/** @param words what follows the name of the program */
export async function runProgram(words: readonly string[], context: CliContext): Promise<ExitCode> {
  const [first = ''] = words;
  if (/^(?:https?|ftps?|sftp|scp):/i.test(first)) {
    context.error(usageErrorLine({ kind: 'no-command', link: first }));
    return exitCodes.usage;
  }
  let exitCode: ExitCode = exitCodes.usage;
  const program = describeProgram({
    context,
    end: (code) => {
      exitCode = code;
    },
    accept: (parsed) => accept(parsed, context),
  });
  try {
    await program.parseAsync(respell(askedFor(words, program)), { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has written what is wrong, or the help or version that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    throw error;
  }
}

/** Everything that can be asked of the command: help, completion and the manual are made of it. */
export function describeProgram(programContext: ProgramDeps): Command {
  const { context } = programContext;
  const program = new Command('sluice')
    .description('Download files over as many connections as make them faster, and resume what was stopped.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureOutput({
      writeOut: (text) => context.out(text),
      writeErr: (text) => context.error(withAdvice(text.replace(/^error: /, 'sluice: '))),
    })
    .exitOverride();
  describeGet(program, programContext);
  describeServe(program, programContext);
  describeSessions(program, programContext);
  describeList(program, programContext);
  describeQueue(program, programContext);
  describeConfig(program, programContext);
  describeCache(program, programContext);
  describeManual(program, programContext);
  nameOwnHelp(program);
  return program;
}

/** Wrong use of a command is answered with the help of that command. */
function nameOwnHelp(command: Command, above = ''): void {
  const words = `${above}${command.name()}`;
  command.showHelpAfterError(`See: ${words} --help`);
  for (const inner of command.commands) nameOwnHelp(inner, `${words} `);
}

/** Help about an unknown command is answered as the unknown command itself. */
function askedFor(words: readonly string[], program: Command): readonly string[] {
  const [first, about] = words;
  const isUnknown = first === 'help' && about !== undefined && program.commands.every((one) => one.name() !== about);
  return isUnknown && about !== 'help' ? words.slice(1) : words;
}

/** Says what is wrong with a command line; the exit code is that of wrong use then. */
function accept<T>(parsed: Parsed<T>, context: CliContext): T | null {
  if (parsed.kind === 'ok') return parsed.value;
  context.error(usageErrorLine(parsed.usageError));
  return null;
}

/** Follows commander's message about an unknown option. */
function withAdvice(text: string): string {
  const option = /^sluice: unknown option '([^']+)'/.exec(text)?.[1];
  const found = option === undefined ? null : adviceFor(option);
  return found === null ? withoutValue(text) : `${withoutValue(text).trimEnd().split('\n')[0] ?? ''}. ${found}\n`;
}

/** What follows `=` behind a mistyped option may be a password. */
function withoutValue(text: string): string {
  return text.replace(/^(sluice: unknown option '[^'=]*)=.*'/s, "$1'");
}
