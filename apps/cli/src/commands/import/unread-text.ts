/** What a file of links holds that was not understood, as a terminal says it. */
import type { ReadProblem, UnreadLine } from '@sluice/formats';
import type { CliContext } from '../../cli-context.ts';
import { quote } from '../../sentences.ts';
import { cleanText } from '../../terminal/clean-text.ts';

export function tellUnread(context: CliContext): (path: string, unread: UnreadLine) => void {
  return (path, unread) => context.error(`sluice: ${unreadText(path, unread)}\n`);
}

export function unreadText(path: string, { line, text, problem }: UnreadLine): string {
  const place = `${cleanText(path === '-' ? 'standard input' : path)}:${line}`;
  const isTold = text === '' || problem.kind === 'left-out';
  return `${place}: ${isTold ? '' : `${quote(text)}: `}${problemText(problem)}`;
}

function problemText(problem: ReadProblem): string {
  switch (problem.kind) {
    case 'not-a-link':
      return 'this is not a link.';
    case 'scheme-unknown':
      return `Sluice does not know ${quote(problem.scheme)} links.`;
    case 'scheme-typo':
      return `${quote(problem.scheme)} is not known. Did you mean ${quote(problem.suggestion)}?`;
    case 'host-missing':
      return 'the server name is missing.';
    case 'too-long':
      return 'this is too long for a link.';
    case 'bad-range':
      return `${quote(problem.range)} is not a valid range.`;
    case 'not-understood':
      return 'Sluice cannot use this entry.';
    case 'damaged':
      return 'the file is damaged or ends too early.';
    case 'left-out':
      return `${quote(problem.name)} is not taken along.`;
    case 'needs-file':
      return 'this reads a file of the machine on which the command was made.';
    case 'relative':
      return 'the link does not name its server, and the page does not say where it is from.';
    case 'too-large':
      return 'the file is too large.';
    case 'too-many':
      return 'there are too many; this one and those that follow are left out.';
    default:
      return problem satisfies never;
  }
}
