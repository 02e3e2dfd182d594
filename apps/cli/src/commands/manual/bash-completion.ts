/** A completion script for bash, from version 3.2 on and without any package beside it. */
import type { CommandFacts, OptionFacts, ValueKind } from './command-tree.ts';

export function bashCompletion(commands: readonly CommandFacts[]): string {
  const below = commands.filter(({ path }) => path !== '');
  return `# Completion of sluice for bash. Use it with: source <(sluice completion bash)
_sluice() {
  local command='' previous current word index IFS=$'\\n'
  current=\${COMP_WORDS[COMP_CWORD]}
  previous=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash takes --name=value for three words.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $previous == '=' ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$command/\${COMP_WORDS[index]}" in
${below.map(({ path }) => `      '${stepTo(path)}') command='${path}' ;;`).join('\n')}
    esac
  done
  COMPREPLY=()
  case "$command" in
${commands.map(branch).join('\n')}
  esac
}
# What only the list knows, printed as WORD, a tab and what it is. None of it is run: names come from servers.
_sluice_names() {
  local line
  compopt -o filenames 2>/dev/null
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    [[ $line == "$2"* ]] && COMPREPLY+=("$line")
  done < <(sluice complete "$1" -- "\${COMP_WORDS[@]}" 2>/dev/null </dev/null)
}
complete -F _sluice sluice
`;
}

/** `config/set`: the command so far and the word that leads on from it. */
function stepTo(path: string): string {
  const words = path.split(' ');
  return `${words.slice(0, -1).join(' ')}/${words.at(-1) ?? ''}`;
}

function branch({ path, options, operand, commands }: CommandFacts): string {
  const offered = options.filter(({ isAlias }) => !isAlias);
  const flags = offered.flatMap(({ names }) => names);
  const names = commands.map(({ name }) => name);
  return `    '${path}')
      case "$previous" in
${offered
  .filter(({ value }) => value !== null)
  .map(optionBranch)
  .join('\n')}
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W '${flags.join('\n')}' -- "$current"))
      else
        ${names.length > 0 ? wordsReply(names) : reply(operand)}
      fi
      ;;`;
}

function optionBranch({ names, value }: OptionFacts): string {
  return `        ${names.join(' | ')})
          ${reply(value)}
          return
          ;;`;
}

function reply(value: ValueKind | null): string {
  switch (value?.kind) {
    case 'file':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current"))';
    case 'folder':
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$current"))';
    case 'choices':
      return wordsReply(value.choices);
    case 'cached':
      return `if [[ $previous == remove ]]; then ${reply({ kind: 'folder' })}; else _sluice_names cached "$current"; fi`;
    case 'downloads':
    case 'queues':
      return `_sluice_names ${value.kind} "$current"`;
    default:
      return ':';
  }
}

function wordsReply(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W '${words.join('\n')}' -- "$current"))`;
}
