/** A completion script for zsh. */
import type { CommandFacts, OptionFacts, ValueKind } from './command-tree.ts';

export function zshCompletion(commands: readonly CommandFacts[]): string {
  return `#compdef sluice
# Completion of sluice for zsh. Use it with: source <(sluice completion zsh)
${commands.map(commandFunction).join('\n')}
# What only the list knows: words, and what each is.
_sluice_names() {
  local -a found=("\${(@f)$(sluice complete $1 -- "\${(@Q)words}" 2>/dev/null </dev/null)}")
  found=(\${found:#})
  local -a names=("\${(@)found%%$'\\t'*}") told=("\${(@)found/$'\\t'/  }")
  (( $#names )) && compadd -l -d told -a names
}
compdef _sluice sluice
`;
}

function functionName(path: string): string {
  return path === '' ? '_sluice' : `_sluice_${path.replaceAll(' ', '_')}`;
}

function commandFunction({ path, options, operand, commands }: CommandFacts): string {
  const specs = options.filter(({ isAlias }) => !isAlias).flatMap(optionSpecs);
  if (commands.length === 0) {
    const last = operand === null ? [] : [`'*:${operandName(operand)}:${action(operand)}'`];
    return `${functionName(path)}() {\n  _arguments -s ${[...specs, ...last].join(' \\\n    ')}\n}`;
  }
  const names = commands.map(({ name, description }) => `    ${quote(`${name}:${description}`)}`);
  const calls = commands.map(({ name }) => `    ${name}) ${functionName(`${path} ${name}`.trim())} ;;`);
  return `${functionName(path)}() {
  local state line
  local -a names=(
${names.join('\n')}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
  command) _describe command names ;;
  rest)
    case $line[1] in
${calls.join('\n')}
    esac
    ;;
  esac
}`;
}

/** One for each name, and each name shuts out the others unless it may be repeated. */
function optionSpecs({ names, description, value, isRepeatable }: OptionFacts): readonly string[] {
  const others = isRepeatable ? '*' : `(${names.join(' ')})`;
  const tail = value === null ? '' : `:${operandName(value)}:${action(value)}`;
  return names.map((name) =>
    quote(`${others}${name}${value === null ? '' : equals(name)}[${escapeText(description)}]${tail}`),
  );
}

/** A long option takes its value behind \`=\` as well. */
function equals(name: string): string {
  return name.startsWith('--') ? '=' : '';
}

function operandName({ kind }: ValueKind): string {
  return kind === 'choices' ? 'value' : kind;
}

function action(value: ValueKind): string {
  switch (value.kind) {
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'choices':
      return `(${value.choices.join(' ')})`;
    case 'downloads':
    case 'queues':
    case 'cached':
      // With a space in front it is run as it stands, without what _arguments would put in between.
      return ` _sluice_names ${value.kind}`;
    case 'text':
      return ' ';
    default:
      return value satisfies never;
  }
}

function escapeText(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
