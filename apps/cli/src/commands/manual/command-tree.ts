/** The command line as data, read from commander's own description: what completion and the manual are made of. */
import type { Argument, Command, Option } from 'commander';
import { OptionAlias } from '../../program/option-alias.ts';

/** `cached` stands behind the folder of a cache. */
export type NameKind = 'downloads' | 'queues' | 'cached';

/** What may stand behind an option or a command. */
export type ValueKind =
  | { readonly kind: 'file' | 'folder' | 'text' }
  /** Known only when it is asked for: `sluice complete` prints them. */
  | { readonly kind: NameKind }
  | { readonly kind: 'choices'; readonly choices: readonly string[] };

export interface OptionFacts {
  /** As typed: `-d`, `--dir`. */
  readonly names: readonly string[];
  /** As help writes them, with what follows: `-d, --dir <folder>`. */
  readonly flags: string;
  readonly description: string;
  /** Null for an option that stands alone. */
  readonly value: ValueKind | null;
  readonly isRepeatable: boolean;
  /** Another program's name for one of ours: not offered, but told of in the manual. */
  readonly isAlias: boolean;
  /** The heading that help puts it under. */
  readonly group: string;
}

export interface CommandFacts {
  /** Below the program: `config set`; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  /** As help writes it, without the program's name. */
  readonly usage: string;
  readonly options: readonly OptionFacts[];
  /** What may stand behind the command, the last for any number; null for nothing. */
  readonly operand: ValueKind | null;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  /** What help says below the options: how it works, and examples. */
  readonly afterHelp: string;
}

/** The program first, each command before its own. */
export function readCommandTree(program: Command): readonly CommandFacts[] {
  return [...walk(program, [])];
}

function* walk(command: Command, path: readonly string[]): Generator<CommandFacts> {
  const commands = command.commands.filter((one) => !isHidden(one));
  const help = command.createHelp();
  yield {
    path: path.join(' '),
    description: command.description(),
    usage: [...path, command.usage()].join(' '),
    options: [...command.options, ...help.visibleOptions(command).filter(({ long }) => long === '--help')].map(factsOf),
    operand: path.join(' ') === 'cache remove' ? { kind: 'cached' } : operandOf(command.registeredArguments),
    commands: commands.map((one) => ({ name: one.name(), description: one.description() })),
    afterHelp: afterHelpOf(command),
  };
  for (const one of commands) yield* walk(one, [...path, one.name()]);
}

function isHidden(command: Command): boolean {
  return command.parent !== null && !command.parent.createHelp().visibleCommands(command.parent).includes(command);
}

function factsOf(option: Option): OptionFacts {
  return {
    names: [option.short, option.long].filter((name) => name !== undefined),
    flags: option.flags,
    description: option.description,
    value:
      option.required || option.optional
        ? valueOf(option.long === '--queue' ? 'queue' : option.flags, option.argChoices)
        : null,
    isRepeatable: option.parseArg !== undefined,
    isAlias: option instanceof OptionAlias,
    group: option.helpGroupHeading ?? '',
  };
}

function operandOf(operands: readonly Argument[]): ValueKind | null {
  const last = operands.at(-1);
  return last === undefined ? null : valueOf(last.name(), last.argChoices);
}

/** Help calls things what they are. */
function valueOf(name: string, choices: readonly string[] | undefined): ValueKind {
  if (choices !== undefined) return { kind: 'choices', choices };
  if (name === 'downloads') return { kind: 'downloads' };
  if (name === 'queue') return { kind: 'queues' };
  if (/\bfile\b/.test(name)) return { kind: 'file' };
  return { kind: /\bfolders?\b/.test(name) ? 'folder' : 'text' };
}

/** Commander tells it only to who asks for help. */
function afterHelpOf(command: Command): string {
  let text = '';
  const before = { ...command.configureOutput() };
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  command.configureOutput(before);
  return text.slice(command.helpInformation().length).trim();
}
