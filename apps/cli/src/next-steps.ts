/** What a person at a terminal can do about each error, in the options of the command. What happened is said elsewhere. */
import type { ErrorCode } from '@sluice/contract';
import type { Situation } from '@sluice/texts';

const runAgain = 'What has arrived is kept: run the same command again to resume.';
const newLink = 'Get a fresh link from where you found it; what has arrived is kept.';
const otherList = 'or choose another data folder with --data-folder';
const installCurl = 'Install a current curl (the package curl), then run the same command again.';

export const nextSteps: Readonly<Partial<Record<Situation, string>> & Record<ErrorCode, string>> = {
  'dns-not-found': 'Check the link for a typing mistake.',
  'dns-temporary': `Check the network. ${runAgain}`,
  'connect-refused': `Check the port in the link, or try later. ${runAgain}`,
  'connect-timeout': `Try later. ${runAgain}`,
  unreachable: `Check the network. ${runAgain}`,
  'connection-reset': runAgain,
  stalled: runAgain,
  hostCooldown: 'Its downloads wait until then, also those that it has not refused.',
  networkAway: `Check the network. ${runAgain}`,
  'tls-certificate':
    'Check the link and the clock of this computer. If both are right, another machine may be posing as this server.',
  'tls-failed': runAgain,
  'ssh-host-key': 'Log in there once with ssh, which shows you the key and keeps it.',
  hostKeyChanged:
    'Another machine may be posing as this server. Ask its administrator before you accept the new key with ssh.',
  'proxy-auth-required': 'Give them with --proxy-user NAME, which asks for the password.',
  'proxy-failed': `Check the proxy settings. ${runAgain}`,
  'http-unauthorized':
    'Give them with -u NAME, which asks for the password, or with --cookie. What has arrived is kept.',
  'http-forbidden':
    'The link may have expired, or want a login or a referrer (--user, --cookie, --referer). What has arrived is kept.',
  legalReasons: 'Look for another source.',
  'http-not-found': 'Check the link.',
  'http-gone': 'Look for another link.',
  'http-too-many-requests': `Try later; fewer connections (-c) and fewer files at once (-j) mean fewer requests. ${runAgain}`,
  'http-unavailable': `Try later. ${runAgain}`,
  'http-client-error': 'Check the link and the headers given.',
  'http-server-error': `Try later. ${runAgain}`,
  'http-malformed': 'Check that the link names the right kind of server.',
  'redirect-loop': newLink,
  'redirect-unsafe': 'Check where the link leads in a browser.',
  'response-rejected': 'Nothing of the answer was saved.',
  'range-ignored':
    'What has arrived is kept: run the same command again, and Sluice compares the file with it and resumes behind it.',
  'range-mismatch': `None of it was used. ${runAgain} If the error stays, try another link.`,
  'range-not-satisfiable':
    'The link may have expired, or the file may be shorter now. What has arrived is kept: try again later, or with a fresh link.',
  'resource-changed':
    'What has arrived is kept. sluice get follows --on-changed (new, beside or keep), and gives up on a file that keeps changing; on the list: sluice changed --replace, --beside or --keep.',
  'resume-unproved':
    'What has arrived is kept. Use the earlier link, or move the .sluice file away to start from the beginning.',
  'body-short': runAgain,
  'encoding-unexpected': 'Try another link.',
  'decompression-bomb': 'Unpacking was stopped before it could fill the disk. Try another link.',
  'page-instead-of-file':
    'You may have to sign in or accept the terms of this network: open the link in a browser. If the page is what you want: --accept-page.',
  pageInsteadOfRest:
    'You may have to sign in or accept the terms of this network: open the link in a browser. What has arrived is kept.',
  'disk-full': 'Make room, or choose another disk with -d. What has arrived is kept.',
  'disk-io': 'Check the disk. What has arrived is kept.',
  'file-access-denied': 'Choose a folder of your own with -d, for example: -d ~/Downloads',
  'folder-missing': 'Make it, or choose another with -d.',
  'file-too-large': 'Choose another disk with -d.',
  'file-exists': 'Choose another name with -o.',
  'file-missing': 'Run the same command again to start over.',
  'file-changed': 'Run the same command again: Sluice checks what is there and fetches what does not fit.',
  'file-unsafe': 'Choose another name with -o, or another folder with -d.',
  'file-busy': 'Another program may be using it: close that, then run the same command again.',
  'too-many-files': `Raise the limit (ulimit -n), or use fewer connections (-c) and fewer downloads at once (-j). ${runAgain}`,
  'journal-unreadable':
    'Nothing proves its bytes, so the file is kept as it is. Fetch the link again to start from the beginning.',
  'journal-too-new': 'Use that version to resume; nothing was changed.',
  'checksum-mismatch':
    'Do not use it. Run the same command again to fetch it anew, or ask where the checksum came from.',
  'url-invalid':
    'A link looks like https://example.com/file.iso. A login is better given with -u NAME, which asks for the password.',
  'url-unsupported': 'Use a link to a file that begins with http, https, ftp, ftps, sftp or scp.',
  folderLink: 'Use links to the files in it.',
  textLink: 'Leave ;type=a out of the link.',
  'request-invalid': 'See: sluice get --help',
  'header-refused': 'Write it as Name: value on one line, or leave it out.',
  headerOwned: 'Leave it out.',
  'name-invalid': 'Choose another name with -o.',
  'already-listed': 'See: sluice ls',
  'download-unknown': 'See: sluice ls',
  'queue-unknown': 'See: sluice queue ls',
  'queue-name-taken': 'Choose another name.',
  'sign-in-needed':
    'Give the login again, or open the list with the Sluice app that stored it. What has arrived is kept.',
  'host-busy': 'Quit it first, or give this one its own folder with --data-folder.',
  'port-in-use': 'Choose another with --port, or --port 0 for any free one.',
  'database-unreadable': 'Nothing was changed. Choose another data folder with --data-folder.',
  listTooNew: `Nothing was changed. Update Sluice, ${otherList}.`,
  listIsFolder: `Nothing was changed. Move it away, ${otherList}.`,
  listDenied: `Allow writing there, ${otherList}.`,
  listFolderMissing: `Check the path to it, ${otherList}.`,
  listDiskFull: `Make room there, ${otherList}.`,
  listDiskFailed: `Check that disk, ${otherList}.`,
  disconnected: runAgain,
  timeout: runAgain,
  aborted: runAgain,
  unsupported: 'Update Sluice, then run the same command again.',
  curlMissing: installCurl,
  curlTooOld: installCurl,
  curlLacks: installCurl,
  internal: `Please report it. ${runAgain}`,
};

/** The owner of the file runs on another machine, or cannot be asked whether it still runs. */
export const ownerUnknown =
  'Another machine or container may be writing it. If none is, move the .sluice file and its journal away.';
