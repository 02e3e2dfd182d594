/** The manual page, made of the same description as help: every command, every option, other programs' names included. */
import { exitCodes, exitMeanings, type ExitKind } from '../../exit-codes.ts';
import type { CommandFacts, OptionFacts } from './command-tree.ts';

export function manPage(commands: readonly CommandFacts[], version: string): string {
  const [program, ...below] = commands;
  return [
    `.TH SLUICE 1 "" "sluice ${escape(version)}" "User Commands"`,
    '.SH NAME',
    'sluice \\- fetch files over many connections, and pick up where anything left off',
    '.SH SYNOPSIS',
    ...below
      .filter(({ commands: own }) => own.length === 0)
      .flatMap(({ usage }) => ['.B sluice', escape(usage), '.br']),
    '.SH DESCRIPTION',
    escape(program?.description ?? ''),
    ...description.flatMap((text) => ['.PP', escape(text)]),
    '.SH OPTIONS',
    ...(program?.options ?? []).flatMap(optionItem),
    '.SH COMMANDS',
    ...below.flatMap(commandSection),
    '.SH EXIT STATUS',
    ...(Object.keys(exitMeanings) as ExitKind[]).flatMap((kind) => item(String(exitCodes[kind]), exitMeanings[kind])),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, text]) => item(name, text)),
    '.SH FILES',
    ...files.flatMap(([name, text]) => item(name, text)),
    '.SH SEE ALSO',
    '.BR curl (1),',
    '.BR wget (1),',
    '.BR aria2c (1)',
    '',
  ].join('\n');
}

const description = [
  'A download that was stopped, by Ctrl+C, a crash or a power cut, goes on from where it was when the same command is run again. What has arrived lies in the folder as NAME.sluice, with a record beside it, until the file is whole; then it gets its name. A file that is there is never written over.',
  'sluice get stands alone. The other commands are about the list of downloads that the desktop application, sluice serve and sluice watch carry out; they tell the one that runs, and change the list on disk when none does.',
] as const;

const environment = [
  [
    'HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY',
    'the proxies to go through, and the hosts to reach without one; in small letters too',
  ],
  ['NETRC', 'where logins are, in the place of ~/.netrc'],
  ['NO_COLOR', 'turns colours off'],
  ['SLUICE_DEBUG', 'adds the stack to a fault in sluice itself'],
] as const;

const files = [
  ['NAME.sluice', 'what has arrived of NAME'],
  ['NAME.sluice-journal', 'the record of which of those bytes can be believed, and where they are from'],
  ['~/.netrc', 'logins by host'],
] as const;

function commandSection(command: CommandFacts): readonly string[] {
  const { path, usage, options, afterHelp } = command;
  return [
    `.SS sluice ${escape(path)}`,
    `.B sluice ${escape(usage)}`,
    '.PP',
    `${escape(capital(command.description))}.`,
    ...options.filter(({ isAlias }) => !isAlias).flatMap(optionItem),
    ...aliasLines(options.filter(({ isAlias }) => isAlias)),
    ...textLines(withoutExitCodes(afterHelp)),
  ];
}

function optionItem({ flags, description: text }: OptionFacts): readonly string[] {
  return item(flags, text);
}

function aliasLines(aliases: readonly OptionFacts[]): readonly string[] {
  if (aliases.length === 0) return [];
  return ["Other programs' names for these:", ...aliases.flatMap(optionItem)].flatMap((line, index) =>
    index === 0 ? ['.PP', line] : line,
  );
}

function item(name: string, text: string): readonly string[] {
  return ['.TP', `.B ${escape(name)}`, escape(text)];
}

/** Paragraphs as they are, indented lines as typed. */
function textLines(text: string): readonly string[] {
  return text
    .split('\n\n')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const lines = part.split('\n');
      const typed = lines.filter((line) => line.startsWith('  '));
      const said = lines.filter((line) => !line.startsWith('  '));
      const example =
        typed.length === 0 ? [] : ['.RS 4', '.nf', ...typed.map((line) => escape(line.trim())), '.fi', '.RE'];
      return ['.PP', ...said.map(escape), ...example];
    });
}

/** They have a section of their own. */
function withoutExitCodes(text: string): string {
  return text
    .split('\n\n')
    .filter((part) => !part.startsWith('Exit codes:'))
    .join('\n\n');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** For roff a backslash is a command, a hyphen is not a minus, and a dot or quote at the start of a line is a request. */
function escape(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
