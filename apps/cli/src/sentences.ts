/** What sluice says on a terminal when something went wrong: one sentence for each error code, and what to do next. */
import type { ErrorCode, ErrorInfo } from '@sluice/contract';
import type { HostNotice, ListRecovered, RecordsRecovered } from '@sluice/host';
import { cleanText } from './terminal/clean-text.ts';
import { formatBytes } from './terminal/amounts.ts';

type Facts = Readonly<Record<string, string | number>>;

interface Sentence {
  readonly what: string | ((facts: Facts) => string);
  /** What a person can do; null where waiting or nothing is all there is. */
  readonly next: string | ((facts: Facts) => string) | null;
}

const runAgain = 'What has arrived is kept: run the same command again to resume.';
const newLink = 'Get a fresh link from where you found it; what has arrived is kept.';

const sentences: Readonly<Record<ErrorCode, Sentence>> = {
  'dns-not-found': { what: 'No server by that name exists', next: 'Check the link for a typing mistake.' },
  'dns-temporary': {
    what: 'The name of the server could not be looked up just now',
    next: `Check the network. ${runAgain}`,
  },
  'connect-refused': {
    what: 'The server does not accept connections',
    next: `Check the port in the link, or try later. ${runAgain}`,
  },
  'connect-timeout': { what: 'The server did not answer in time', next: `Try later. ${runAgain}` },
  unreachable: { what: 'The server cannot be reached from here', next: `Check the network. ${runAgain}` },
  'connection-reset': { what: 'The connection broke off', next: runAgain },
  stalled: { what: 'The server stopped sending', next: runAgain },
  'tls-certificate': {
    what: 'The certificate of the server cannot be trusted',
    next: 'Check the link and the clock of this computer. If both are right, another machine may be posing as this server.',
  },
  'tls-failed': { what: 'No secure connection could be made', next: runAgain },
  'ssh-host-key': {
    what: (facts) =>
      facts['problem'] === 'changed'
        ? `The server shows another SSH key than the one known here${byHost(facts)}`
        : `The SSH key of the server is not known here${byHost(facts)}`,
    next: 'Log in there once with ssh, which shows you the key and keeps it. If it has changed, ask the administrator of the server first.',
  },
  'proxy-auth-required': {
    what: 'The proxy asks for a user name and password',
    next: 'Give them with --proxy-user NAME, which asks for the password.',
  },
  'proxy-failed': { what: 'The proxy could not fetch it', next: `Check the proxy settings. ${runAgain}` },
  'http-unauthorized': {
    what: (facts) =>
      facts['login'] === 'refused'
        ? `The server does not take the user name or password given${status(facts)}`
        : `The server asks for a user name and password${status(facts)}`,
    next: 'Give them with -u NAME, which asks for the password, or with --cookie. What has arrived is kept.',
  },
  'http-forbidden': {
    what: (facts) =>
      facts['status'] === 451
        ? 'The server may not give out this file, for legal reasons (451)'
        : `The server forbids this download${status(facts)}`,
    next: (facts) =>
      facts['status'] === 451
        ? 'Look for another source.'
        : 'The link may have expired, or want a login or a referrer (--user, --cookie, --referer). What has arrived is kept.',
  },
  'http-not-found': { what: (facts) => `There is no such file on the server${status(facts)}`, next: 'Check the link.' },
  'http-gone': { what: 'The server has taken the file away for good (410)', next: 'Look for another link.' },
  'http-too-many-requests': {
    what: 'The server asks for fewer requests (429)',
    next: `Try later; fewer connections (-c) and fewer files at once (-j) mean fewer requests. ${runAgain}`,
  },
  'http-unavailable': {
    what: (facts) => `The server is not available just now${status(facts)}`,
    next: `Try later. ${runAgain}`,
  },
  'http-client-error': {
    what: (facts) => `The server did not accept the request${status(facts)}`,
    next: 'Check the link and the headers given.',
  },
  'http-server-error': {
    what: (facts) => `The server has a fault of its own${status(facts)}`,
    next: `Try later. ${runAgain}`,
  },
  'http-malformed': {
    what: 'The server gave an answer that breaks the rules of its protocol',
    next: 'Check that the link names the right kind of server.',
  },
  'redirect-loop': { what: 'The link leads on and on, and to no file', next: newLink },
  'redirect-unsafe': {
    what: 'The link leads on to an address that sluice does not follow',
    next: 'Check where the link leads in a browser.',
  },
  'response-rejected': {
    what: 'A rule of the program refused the answer of the server',
    next: 'Nothing of the answer was saved.',
  },
  'range-ignored': {
    what: 'The server sends this file only from its start',
    next: 'What has arrived is kept: run the same command again, and sluice compares the file with it and resumes behind it.',
  },
  'range-mismatch': {
    what: 'What the server sent is not what it was asked for',
    next: `None of it was used. ${runAgain} If it stays so, try another link.`,
  },
  'range-not-satisfiable': {
    what: 'The server says that the file does not reach this far',
    next: 'The link may have expired, or the file may be shorter now. What has arrived is kept: try again later, or with a fresh link.',
  },
  'resource-changed': {
    what: 'The file on the server has changed since the download began',
    next: 'What has arrived is kept. sluice get follows --on-changed (new, beside or keep), and gives up on a file that keeps changing; on the list: sluice changed --replace, --beside or --keep.',
  },
  'resume-unproved': {
    what: 'Nothing shows that this link leads to the file that was begun',
    next: 'What has arrived is kept. Use the earlier link, or move the .sluice file away to start from the beginning.',
  },
  'body-short': { what: 'The server closed the connection before the end of the file', next: runAgain },
  'encoding-unexpected': {
    what: 'The server sent the file in an encoding that was not asked for',
    next: 'Try another link.',
  },
  'decompression-bomb': {
    what: 'The server packed the file so that it grows without measure when unpacked',
    next: 'Unpacking was stopped before it could fill the disk. Try another link.',
  },
  'page-instead-of-file': {
    what: (facts) =>
      `The server sent a web page in place of ${facts['comes'] === 'later' ? 'the rest of the file' : 'the file'}`,
    next: (facts) =>
      `You may have to sign in or accept the terms of this network: open the link in a browser. ${facts['comes'] === 'later' ? 'What has arrived is kept.' : 'If the page is what you want: --accept-page.'}`,
  },
  'disk-full': {
    what: (facts) => `The disk is full${missing(facts)}`,
    next: 'Make room, or choose another disk with -d. What has arrived is kept.',
  },
  'disk-io': {
    what: (facts) => `The disk failed to read or write${at(facts)}`,
    next: 'Check the disk. What has arrived is kept.',
  },
  'file-access-denied': {
    what: (facts) => `There is no permission to write${at(facts)}`,
    next: 'Choose a folder of your own with -d, for example: -d ~/Downloads',
  },
  'folder-missing': {
    what: (facts) => `The folder is not there${at(facts)}`,
    next: 'Make it, or choose another with -d.',
  },
  'file-too-large': {
    what: 'The file is larger than this disk can hold in one file',
    next: 'Choose another disk with -d.',
  },
  'file-exists': {
    what: (facts) => `There is a file by that name already${named(facts)}`,
    next: 'Choose another name with -o.',
  },
  'file-missing': {
    what: (facts) => `The unfinished file was moved or deleted${at(facts)}`,
    next: 'Run the same command again to start over.',
  },
  'file-changed': {
    what: (facts) => `Another program changed the unfinished file${at(facts)}`,
    next: 'Run the same command again.',
  },
  'file-unsafe': {
    what: (facts) => `What stands in the place of the file is not a plain file${at(facts)}`,
    next: 'Choose another name with -o, or another folder with -d.',
  },
  'file-busy': {
    what: (facts) => `The file cannot be used just now${at(facts)}`,
    next: (facts) =>
      facts['owner'] === 'unknown'
        ? 'Another machine or container may be writing it. If none is, move the .sluice file and its journal away.'
        : 'Another program may be using it: close that, then run the same command again.',
  },
  'too-many-files': {
    what: 'Too many files are open',
    next: `Raise the limit (ulimit -n), or use fewer connections (-c) and fewer downloads at once (-j). ${runAgain}`,
  },
  'journal-unreadable': {
    what: (facts) => `The record beside the unfinished file cannot be read${at(facts)}`,
    next: 'Nothing proves its bytes, so the file is kept as it is. Fetch the link again to start from the beginning.',
  },
  'journal-too-new': {
    what: (facts) => `A newer version of sluice began this download${at(facts)}`,
    next: 'Use that version to resume; nothing was changed.',
  },
  'checksum-mismatch': {
    what: (facts) => `The file is not what it should be: its checksum differs from the one ${checksumGiver(facts)}`,
    next: 'Do not use it. Run the same command again to fetch it anew, or ask where the checksum came from.',
  },
  'url-invalid': {
    what: (facts) =>
      facts['problem'] === 'login'
        ? `The user name or password in the link has a character that ends it too early: write ${fact(facts, 'character')} as ${fact(facts, 'written')}`
        : 'This is not a link',
    next: 'A link looks like https://example.com/file.iso. A login is better given with -u NAME, which asks for the password.',
  },
  'url-unsupported': {
    what: (facts) =>
      facts['problem'] === 'folder'
        ? 'The link leads to a folder, and Sluice fetches files'
        : facts['problem'] === 'text'
          ? 'The link asks for a transfer as text, and Sluice fetches bytes as they are'
          : 'Sluice fetches only http, https, ftp, ftps, sftp and scp links',
    next: null,
  },
  'request-invalid': { what: 'The request does not make sense', next: 'See: sluice get --help' },
  'header-refused': {
    what: (facts) =>
      facts['problem'] === 'owned'
        ? `Sluice sets the header${spacedName(facts)} itself`
        : `The header${spacedName(facts)} cannot be sent: it needs a name of letters and a value on one line`,
    next: 'Leave it out, or write it as Name: value.',
  },
  'name-invalid': {
    what: (facts) => `No file can have that name here${named(facts)}`,
    next: 'Choose another name with -o.',
  },
  'already-listed': { what: 'The link is on the list already', next: null },
  'download-unknown': { what: 'There is no such download', next: null },
  'queue-unknown': {
    what: (facts) => `There is no such queue${'queue' in facts ? `: ${fact(facts, 'queue')}` : ''}`,
    next: null,
  },
  'queue-name-taken': { what: (facts) => `Another queue has that name${named(facts)}`, next: 'Choose another name.' },
  'sign-in-needed': {
    what: 'The login of this download is encrypted with a key that is not available here',
    next: 'Give the login again, or open the list with the Sluice app that stored it. What has arrived is kept.',
  },
  'host-busy': {
    what: (facts) => `Another Sluice is running and uses the same data folder${at(facts)}`,
    next: 'Quit it first, or give this one its own folder with --data-folder.',
  },
  'port-in-use': {
    what: (facts) => `Another program uses the port${'port' in facts ? ` ${fact(facts, 'port')}` : ''}`,
    next: 'Choose another with --port, or --port 0 for any free one.',
  },
  'database-unreadable': {
    what: (facts) => `The list of downloads cannot be read${at(facts)}`,
    next: 'Nothing was changed. Choose another data folder with --data-folder.',
  },
  disconnected: { what: 'The connection to sluice was lost', next: runAgain },
  timeout: { what: 'It took too long', next: runAgain },
  aborted: { what: 'It was stopped', next: runAgain },
  unsupported: {
    what: (facts) => ('missing' in facts ? lacking(facts) : 'This version of sluice cannot do that'),
    next: null,
  },
  internal: { what: 'Something went wrong inside sluice', next: `Please report it. ${runAgain}` },
};

const otherList = 'or choose another data folder with --data-folder';

/** What is wrong with the list's own folder, which -d has nothing to do with; null for anything else. */
function ofList({ code, facts = {} }: ErrorInfo): Sentence | null {
  if (code === 'database-unreadable' && 'newestKnown' in facts) {
    return {
      what: `A newer version of sluice wrote the list of downloads${at(facts)}`,
      next: `Nothing was changed. Update sluice, ${otherList}.`,
    };
  }
  if (facts['of'] !== 'list') return null;
  if (code === 'database-unreadable' && facts['is'] === 'folder') {
    return {
      what: `A folder is where the list of downloads should be${at(facts)}`,
      next: `Nothing was changed. Move it away, ${otherList}.`,
    };
  }
  if (code === 'file-access-denied') {
    return {
      what: `The list of downloads cannot be written${at(facts)}`,
      next: `Allow writing there, ${otherList}.`,
    };
  }
  if (code === 'folder-missing') {
    return {
      what: `The folder for the list of downloads cannot be made${at(facts)}`,
      next: `Check the way to it, ${otherList}.`,
    };
  }
  if (code === 'disk-full' || code === 'disk-io') {
    const why = code === 'disk-full' ? 'its disk is full' : 'its disk failed';
    return {
      what: `The list of downloads cannot be saved, since ${why}${at(facts)}`,
      next: code === 'disk-full' ? `Make room there, ${otherList}.` : `Check that disk, ${otherList}.`,
    };
  }
  return null;
}

/** What happened, without a full stop; short enough for a progress line. */
export function whatHappened(error: ErrorInfo): string {
  const { what } = ofList(error) ?? sentences[error.code];
  return typeof what === 'string' ? what : what(error.facts ?? {});
}

/** What happened and what to do about it, with the code that scripts and reports can name. */
export function explain(error: ErrorInfo): string {
  const { next } = ofList(error) ?? sentences[error.code];
  const advice = typeof next === 'function' ? next(error.facts ?? {}) : next;
  const detail = isUnspecific(error.code) && error.detail !== undefined ? `: ${cleanText(error.detail)}` : '';
  return `${whatHappened(error)}${detail} [${error.code}].${advice === null ? '' : ` ${advice}`}`;
}

/** These codes cover so much that the words meant for the log say more than ours. */
function isUnspecific(code: ErrorCode): boolean {
  return code === 'internal' || code === 'request-invalid';
}

/** What a host found when it started and put right as well as it could. */
export function explainNotice(notice: HostNotice): string {
  return notice.kind === 'database-recovered' ? explainRecovery(notice) : explainDamage(notice);
}

const adoption = 'sluice adopt FOLDER puts what is unfinished in a folder on the list again.';

function explainRecovery({ setAsidePaths, restoredFromBackup, copiedAtMs }: ListRecovered): string {
  const gone = setAsidePaths.length === 0;
  const what = gone ? 'The list of downloads was gone' : 'The list of downloads could not be read';
  const now = restoredFromBackup ? 'the last good backup of it is in use' : 'a new one was started';
  const kept = gone ? '' : ` The damaged one is kept: ${setAsidePaths.map(cleanText).join(', ')}.`;
  const since =
    copiedAtMs === undefined ? '' : ` What changed on it since ${new Date(copiedAtMs).toLocaleString('sv')} is lost.`;
  const rest = restoredFromBackup && since === '' ? '' : ` What has arrived is kept too: ${adoption}`;
  return `${what}, so ${now}.${kept}${since}${rest}`;
}

function explainDamage({ restored, lost }: RecordsRecovered): string {
  const back = `As in the last good backup that has them: ${namesOf(restored)}.`;
  const gone = `In no backup, and lost: ${namesOf(lost)}. What has arrived of them is kept: ${adoption}`;
  const parts = [...(restored.length === 0 ? [] : [back]), ...(lost.length === 0 ? [] : [gone])];
  return `Parts of the list could not be read and were set aside. ${parts.join(' ')}`;
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 10).map(quote).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

/** What was typed, as the shell would take it. */
export function quote(text: string): string {
  const clean = cleanText(text);
  return /^[\w@%+=:,./~-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", `'\\''`)}'`;
}

function fact(facts: Facts, key: string): string {
  return cleanText(String(facts[key]));
}

function status(facts: Facts): string {
  return 'status' in facts ? ` (${fact(facts, 'status')})` : '';
}

function byHost(facts: Facts): string {
  return 'host' in facts ? `: ${fact(facts, 'host')}` : '';
}

/** `missing` is curl itself, a version of it, or what this one was built without. */
function lacking(facts: Facts): string {
  const scheme = 'scheme' in facts ? `${fact(facts, 'scheme')} links` : 'this';
  const lack = fact(facts, 'missing');
  if (lack === 'curl') return `curl, which fetches ${scheme}, is not installed: install the package curl`;
  if (lack.startsWith('curl '))
    return `The curl here is ${fact(facts, 'version')}, and ${scheme} need ${lack} or newer`;
  return `The curl here (${fact(facts, 'version')}) was built without ${lack}: install one that speaks it`;
}

function at(facts: Facts): string {
  if ('path' in facts) return `: ${fact(facts, 'path')}`;
  return 'folder' in facts ? `: ${fact(facts, 'folder')}` : '';
}

function checksumGiver(facts: Facts): string {
  switch (facts['from']) {
    case 'server':
      return 'the server sent';
    case 'beside':
      return `published at ${quote(fact(facts, 'listedAt'))}`;
    default:
      return 'you gave';
  }
}

function named(facts: Facts): string {
  return 'name' in facts ? `: ${fact(facts, 'name')}` : at(facts);
}

function spacedName(facts: Facts): string {
  return 'name' in facts ? ` ${fact(facts, 'name')}` : '';
}

function missing(facts: Facts): string {
  const { missingBytes } = facts;
  return typeof missingBytes === 'number'
    ? `: ${formatBytes(missingBytes)} more ${missingBytes === 1 ? 'is' : 'are'} needed`
    : at(facts);
}
