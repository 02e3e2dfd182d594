/** A completion script for fish. */
import type { CommandFacts, OptionFacts, ValueKind } from './command-tree.ts';

export function fishCompletion(commands: readonly CommandFacts[]): string {
  const steps = commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => {
      const words = path.split(' ');
      return `            case '${words.slice(0, -1).join(' ')}/${words.at(-1) ?? ''}'\n                set path '${path}'`;
    });
  return `# Completion of sluice for fish. Use it with: sluice completion fish | source
function __sluice_at
    set -l path ''
    for word in (commandline -opc)[2..]
        switch "$path/$word"
${steps.join('\n')}
        end
    end
    test "$path" = "$argv[1]"
end
complete -c sluice -f
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, options, operand, commands }: CommandFacts): readonly string[] {
  const start = `complete -c sluice -n ${quote(`__sluice_at '${path}'`)}`;
  return [
    ...commands.map(({ name, description }) => `${start} -a ${name} -d ${quote(description)}`),
    ...(operand === null || commands.length > 0 ? [] : operandLines(start, operand)),
    ...options.filter(({ isAlias }) => !isAlias).map((option) => `${start} ${optionWords(option)}`),
  ];
}

function operandLines(start: string, operand: ValueKind): readonly string[] {
  const words = valueWords(operand);
  return words === '' ? [] : [`${start} ${words}`];
}

function optionWords({ names, description, value }: OptionFacts): string {
  const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const behind = value === null ? '' : ` ${value.kind === 'file' ? '-r' : '-x'} ${valueWords(value)}`.trimEnd();
  return `${spelt.join(' ')}${behind} -d ${quote(description)}`;
}

function valueWords(value: ValueKind): string {
  switch (value.kind) {
    case 'file':
      return '-F';
    case 'folder':
      return "-a '(__fish_complete_directories)'";
    case 'choices':
      return `-a ${quote(value.choices.join(' '))}`;
    case 'downloads':
    case 'queues':
    case 'cached':
      return `-a '(sluice complete ${value.kind} -- (commandline -opc) 2>/dev/null)'`;
    case 'text':
      return '';
    default:
      return value satisfies never;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
