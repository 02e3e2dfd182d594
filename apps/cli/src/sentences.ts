/** What sluice says on a terminal when something went wrong: what happened, what it is about, and what to do next. */
import type { ErrorCode, ErrorInfo } from '@sluice/contract';
import type { HostNotice } from '@sluice/host';
import { listRecovered, recordsRecovered, situationOf, whatHappened as catalogue } from '@sluice/texts';
import { nextSteps, ownerUnknown } from './next-steps.ts';
import { formatBytes } from './terminal/amounts.ts';
import { cleanText } from './terminal/clean-text.ts';

type Facts = Readonly<Record<string, string | number>>;

/** What happened, without a full stop; short enough for a progress line. */
export function whatHappened(error: ErrorInfo): string {
  const facts = error.facts ?? {};
  const sentence = catalogue[situationOf(error)].replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => fact(facts, key));
  return `${sentence}${status(facts)}${subject(error.code, facts)}`;
}

/** What happened and what to do about it, with the code that scripts and reports can name. */
export function explain(error: ErrorInfo): string {
  const detail = isUnspecific(error.code) && error.detail !== undefined ? `: ${cleanText(error.detail)}` : '';
  return `${whatHappened(error)}${detail} [${error.code}]. ${nextStep(error)}`;
}

function nextStep(error: ErrorInfo): string {
  if (error.code === 'file-busy' && error.facts?.['owner'] === 'unknown') return ownerUnknown;
  return nextSteps[situationOf(error)] ?? nextSteps[error.code];
}

/** These codes cover so much that the detail meant for the log says more than the catalogue. */
function isUnspecific(code: ErrorCode): boolean {
  return code === 'internal' || code === 'request-invalid';
}

const adoption = 'sluice adopt FOLDER puts what is unfinished in a folder on the list again.';

/** What a host found when it started and put right as well as it could. */
export function explainNotice(notice: HostNotice): string {
  if (notice.kind === 'records-recovered') {
    const restored = firstOf(notice.restored);
    const said = recordsRecovered({ restored, lost: firstOf(notice.lost) });
    return notice.lost.length === 0 ? said : `${said} What has arrived of them is kept: ${adoption}`;
  }
  const { setAsidePaths, restoredFromBackup, copiedAtMs } = notice;
  const said = listRecovered({ setAsidePaths: setAsidePaths.map(cleanText), restoredFromBackup });
  if (restoredFromBackup && copiedAtMs === undefined) return said;
  const since =
    copiedAtMs === undefined ? '' : ` What changed on it since ${new Date(copiedAtMs).toLocaleString('sv')} is lost.`;
  return `${said}${since} What has arrived is kept too: ${adoption}`;
}

function firstOf(names: readonly string[]): string[] {
  const shown = names.slice(0, 10).map(quote);
  const last = shown.pop();
  if (names.length <= 10 || last === undefined) return names.map(quote);
  return [...shown, `${last} and ${names.length - 10} more`];
}

/** What was typed, as the shell would take it. */
export function quote(text: string): string {
  const clean = cleanText(text);
  return /^[\w@%+=:,./~-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", `'\\''`)}'`;
}

function fact(facts: Facts, key: string): string {
  return key in facts ? cleanText(String(facts[key])) : 'these';
}

function status(facts: Facts): string {
  return 'status' in facts ? ` (${fact(facts, 'status')})` : '';
}

/** Which fact names the thing that the sentence is about; a code that is not here has none. */
const subjects: Partial<Record<ErrorCode, readonly string[]>> = {
  'ssh-host-key': ['host'],
  'port-in-use': ['port'],
  'queue-unknown': ['queue'],
  'queue-name-taken': ['name'],
  'header-refused': ['name'],
  'name-invalid': ['name'],
  'file-exists': ['name', 'path', 'folder'],
  'file-access-denied': ['path', 'folder'],
  'folder-missing': ['path', 'folder'],
  'disk-full': ['path', 'folder'],
  'disk-io': ['path', 'folder'],
  'file-missing': ['path', 'folder'],
  'file-changed': ['path', 'folder'],
  'file-unsafe': ['path', 'folder'],
  'file-busy': ['path', 'folder'],
  'journal-unreadable': ['path', 'folder'],
  'journal-too-new': ['path', 'folder'],
  'host-busy': ['path', 'folder'],
  'database-unreadable': ['path', 'folder'],
};

function subject(code: ErrorCode, facts: Facts): string {
  const { missingBytes } = facts;
  if (typeof missingBytes === 'number')
    return `: ${formatBytes(missingBytes)} more ${missingBytes === 1 ? 'is' : 'are'} needed`;
  const key = subjects[code]?.find((name) => name in facts);
  return key === undefined ? '' : `: ${fact(facts, key)}`;
}
