/** English sentences for every error code: what happened, and what a person can do about it. */
import type { ErrorCode } from '@sluice/contract';

interface ErrorSentences {
  /** What happened, in one plain sentence. */
  readonly what: string;
  /** The next step, in one plain sentence. */
  readonly next: string;
}

export const errors = {
  'dns-not-found': {
    what: 'This server name does not exist.',
    next: 'Check the link for a typing mistake.',
  },
  'dns-temporary': {
    what: 'The server’s address could not be looked up.',
    next: 'Check your connection, then try again.',
  },
  'connect-refused': {
    what: 'The server is not taking connections.',
    next: 'It may be down for a while. Try again later.',
  },
  'connect-timeout': {
    what: 'The server does not answer.',
    next: 'It may be overloaded or blocked by a firewall. Try again later.',
  },
  unreachable: {
    what: 'There is no way to the server from here.',
    next: 'Check your network or VPN, then try again.',
  },
  'connection-reset': {
    what: 'The server broke off the connection.',
    next: 'Nothing that arrived is lost. Try again to resume.',
  },
  stalled: {
    what: 'The server stopped sending.',
    next: 'Nothing that arrived is lost. Try again to resume.',
  },
  'tls-certificate': {
    what: 'The server could not prove who it is.',
    next: 'Check the address and your computer’s clock. Do not continue if you expected a safe site.',
  },
  'tls-failed': {
    what: 'A secure connection could not be set up.',
    next: 'Try again; if it stays so, the server and this computer share no safe method.',
  },
  'ssh-host-key': {
    what: 'The server’s SSH key is not one this computer knows.',
    next: 'Log in there once with ssh to check and keep the key. If it has changed, ask the server’s administrator.',
  },
  'proxy-auth-required': {
    what: 'The proxy asks for a name and password.',
    next: 'Sign in to the proxy, then try again.',
  },
  'proxy-failed': {
    what: 'The proxy did not pass the request on.',
    next: 'Check the proxy in your system’s network settings.',
  },
  'http-unauthorized': {
    what: 'The server wants you to sign in.',
    next: 'Give a user name and password, or copy a fresh link from the site after signing in there.',
  },
  'http-forbidden': {
    what: 'The server refuses to give out this file.',
    next: 'Copy a fresh link from the site: this one may have expired, or want you to sign in. What was fetched is kept.',
  },
  'http-not-found': {
    what: 'The file is not at this address.',
    next: 'Check the link on the site it came from.',
  },
  'http-gone': {
    what: 'The file has been taken down for good.',
    next: 'Look for another source.',
  },
  'http-too-many-requests': {
    what: 'The server asks for fewer requests.',
    next: 'Try again later. Fewer connections and fewer downloads at the same time mean fewer requests.',
  },
  'http-unavailable': {
    what: 'The server is busy right now.',
    next: 'Try again later.',
  },
  'http-client-error': {
    what: 'The server did not accept the request.',
    next: 'Copy a fresh link from the site, then try again.',
  },
  'http-server-error': {
    what: 'Something broke on the server.',
    next: 'Try again later.',
  },
  'http-malformed': {
    what: 'The server’s answer makes no sense.',
    next: 'Try again; if it stays so, the server or something in between is faulty.',
  },
  'redirect-loop': {
    what: 'The link leads on and on, and to no file.',
    next: 'Copy a fresh link from the site.',
  },
  'redirect-unsafe': {
    what: 'The link leads on to an address that Sluice does not follow.',
    next: 'Look for a direct link on the site.',
  },
  'response-rejected': {
    what: 'A rule of the program refused the answer of the server.',
    next: 'Nothing of the answer was saved.',
  },
  'range-ignored': {
    what: 'The server sends this file only from its start.',
    next: 'What was fetched is kept. Try again: Sluice compares the file with the bytes on disk, and resumes behind them.',
  },
  'range-mismatch': {
    what: 'What the server sent is not what it was asked for.',
    next: 'None of it was used, and what was fetched before is kept. Try again; if it stays so, look for another source.',
  },
  'range-not-satisfiable': {
    what: 'The server says that the file does not reach this far.',
    next: 'The link may have expired, or the file may be shorter now. What was fetched is kept. Try again, or use a fresh link.',
  },
  'resource-changed': {
    what: 'The file on the server has changed since the download began.',
    next: 'What you have is kept as it is. Choose what to do about the new version.',
  },
  'resume-unproved': {
    what: 'Nothing shows that this link leads to the file that was begun.',
    next: 'What was fetched is kept. Use the earlier link, or remove this download and add the new link.',
  },
  'body-short': {
    what: 'The server sent less than it promised.',
    next: 'What arrived is kept. Try again for the rest.',
  },
  'encoding-unexpected': {
    what: 'The server sent the file packed in a way that was not asked for.',
    next: 'Try again; if it stays so, look for another source.',
  },
  'decompression-bomb': {
    what: 'The server packed the file so that it grows without measure when unpacked.',
    next: 'Unpacking was stopped before it could fill the disk. Look for another source.',
  },
  'page-instead-of-file': {
    what: 'The server sent a web page instead of the file.',
    next: 'Open the link in a browser: you may have to sign in or accept terms. Then use the link of the file itself. If you want the page, choose “Save the page anyway” in the menu.',
  },
  'disk-full': {
    what: 'The disk is full.',
    next: 'Free some space or choose another folder, then try again.',
  },
  'disk-io': {
    what: 'The disk reported an error.',
    next: 'Check the disk and its cable. What was fetched is kept.',
  },
  'file-access-denied': {
    what: 'Sluice may not write into this folder.',
    next: 'Choose another folder.',
  },
  'folder-missing': {
    what: 'The folder is not there.',
    next: 'Connect its disk, or choose another folder.',
  },
  'file-too-large': {
    what: 'The file is larger than this disk’s format allows.',
    next: 'Choose a folder on another disk.',
  },
  'file-exists': {
    what: 'A file of this name is already there.',
    next: 'Choose another name or folder.',
  },
  'file-missing': {
    what: 'The file is no longer where Sluice put it.',
    next: 'It was moved or deleted. Try again to fetch it anew.',
  },
  'file-changed': {
    what: 'Another program has changed the unfinished file.',
    next: 'Try again; Sluice checks what is there and fetches what does not fit.',
  },
  'file-unsafe': {
    what: 'Something in this place is not a plain file.',
    next: 'Sluice writes through no links. Choose another folder or name.',
  },
  'file-busy': {
    what: 'The file cannot be used just now.',
    next: 'Another program may be using it. Close it there, then try again.',
  },
  'too-many-files': {
    what: 'Too many files and connections are open.',
    next: 'Lower the number of connections or of downloads at the same time, then try again.',
  },
  'journal-unreadable': {
    what: 'The notes beside the unfinished file cannot be read.',
    next: 'Without them nothing vouches for its bytes, so it stays as it is. Add the link again to fetch the file from its start.',
  },
  'journal-too-new': {
    what: 'A newer Sluice began this download.',
    next: 'Update Sluice, then try again.',
  },
  'checksum-mismatch': {
    what: 'The file does not match its checksum.',
    next: 'It was not passed off as finished. Try again to compare it once more and, if it still differs, to fetch it anew.',
  },
  'url-invalid': {
    what: 'This is not a link.',
    next: 'Check it for a typing mistake.',
  },
  'url-unsupported': {
    what: 'Sluice cannot fetch this kind of link.',
    next: 'Use a link to a file that begins with https, http, ftp, ftps, sftp or scp.',
  },
  'request-invalid': {
    what: 'The request could not be understood.',
    next: 'Restart Sluice; the window and the engine may be of different versions.',
  },
  'header-refused': {
    what: 'A header cannot be sent as it stands.',
    next: 'Leave out what Sluice sets itself, such as Range, Host, Accept-Encoding and Content-Length, and keep each header on one line.',
  },
  'name-invalid': {
    what: 'This cannot be a file name.',
    next: 'Choose another name.',
  },
  'already-listed': {
    what: 'This link is already on the list.',
    next: 'Look for it there.',
  },
  'download-unknown': {
    what: 'This download is no longer on the list.',
    next: 'Add its link again if you still want it.',
  },
  'queue-unknown': {
    what: 'This queue is no longer there.',
    next: 'Choose another queue.',
  },
  'queue-name-taken': {
    what: 'Another queue has this name.',
    next: 'Choose another name.',
  },
  'sign-in-needed': {
    what: 'Its saved login cannot be read here.',
    next: 'Sign in again. What was fetched is kept.',
  },
  'host-busy': {
    what: 'Another Sluice is already using this data folder.',
    next: 'Go on in the other window, or quit it first.',
  },
  'port-in-use': {
    what: 'Another program is using this port.',
    next: 'Choose another port.',
  },
  'database-unreadable': {
    what: 'The list could not be read from the disk.',
    next: 'Restart Sluice; the files and what was fetched are not affected.',
  },
  disconnected: {
    what: 'The connection to the engine is lost.',
    next: 'Your downloads are safe; the window reconnects by itself.',
  },
  timeout: {
    what: 'This took too long.',
    next: 'Try again.',
  },
  aborted: {
    what: 'This was stopped.',
    next: 'Try again if you still want it.',
  },
  unsupported: {
    what: 'This Sluice cannot do that.',
    next: 'Update Sluice, then try again.',
  },
  internal: {
    what: 'Something went wrong inside Sluice.',
    next: 'Try again; what was fetched is kept.',
  },
} as const satisfies Record<ErrorCode, ErrorSentences>;

/** Where facts tell more than a code: what the person can put right is named. */
export const errorVariants = {
  curlMissing: {
    what: 'Sluice needs the program curl for this kind of link, and it is not on this computer.',
    next: 'Install curl, then try again.',
  },
  curlTooOld: {
    what: 'The curl on this computer ({{version}}) is too old for Sluice.',
    next: 'Update curl to 7.75 or newer, then try again.',
  },
  curlLacks: {
    what: 'The curl on this computer ({{version}}) cannot fetch {{scheme}} links.',
    next: 'Install a curl that supports {{scheme}}, then try again.',
  },
  networkAway: {
    what: 'The network is away.',
    next: 'Sluice resumes as soon as it is back; the wait uses up no attempts.',
  },
  loginMistyped: {
    what: 'The login in the link has a character that ends it too early.',
    next: 'Write {{character}} as {{written}}, or leave the login out and give it under “Sign-in, cookies, proxy, mirrors and more”.',
  },
  loginRefused: {
    what: 'The server does not take this user name or password.',
    next: 'Check both and sign in again.',
  },
  hostKeyChanged: {
    what: 'The server shows another SSH key than the one this computer knows.',
    next: 'Another machine may be posing as this server. Ask its administrator before you continue.',
  },
  legalReasons: {
    what: 'The server may not give out this file, for legal reasons.',
    next: 'Look for another source.',
  },
  redirectDowngrade: {
    what: 'The link leads from a safe address to an unsafe one.',
    next: 'Sluice did not follow. Look for a direct link on the site.',
  },
  pageInsteadOfRest: {
    what: 'The server sent a web page instead of the rest of the file.',
    next: 'Open the link in a browser: you may have to sign in or accept terms. Then use the link of the file itself. What was fetched is kept.',
  },
  settingRefused: {
    what: 'A setting of how to fetch this cannot be used: {{name}}.',
    next: 'Change it under “Sign-in, cookies, proxy, mirrors and more” of New link, then try again.',
  },
  folder: {
    what: 'This link leads to a folder.',
    next: 'Use links to the files in it.',
  },
} as const satisfies Record<string, ErrorSentences>;
