/** What each error code means to those who act on it: one record per code, so that a new code is judged once. */
import type { ErrorCode } from './errors.ts';

/**
 * - `transient`: the same request may well work later, so it is retried with backoff.
 * - `needs-user`: the download stays as it is until a person changes something (a link, a password, room on the disk).
 * - `permanent`: trying again cannot help.
 */
export type FailureClass = 'transient' | 'needs-user' | 'permanent';

/** Who can put it right: the network, the server, this computer, the person or program that asked, or Sluice itself. */
export type FaultOwner = 'network' | 'server' | 'machine' | 'user' | 'sluice';

/**
 * What other connections and mirrors may do after it.
 * - `none`: it would stop each of them as well, so the run ends.
 * - `elsewhere`: other connections go on, and another link to the same file may serve it.
 * - `replace`: the same, and a new connection to the same link may start at once when bytes had come through.
 */
export type OthersMay = 'none' | 'elsewhere' | 'replace';

/** The kinds of failure that a process can end with. The numbers are the command's. */
export type FailureKind =
  | 'internal'
  | 'usage'
  | 'network'
  | 'server'
  | 'notFound'
  | 'access'
  | 'diskFull'
  | 'disk'
  | 'verification'
  | 'host'
  | 'interrupted';

export interface ErrorTraits {
  readonly retry: FailureClass;
  readonly fault: FaultOwner;
  readonly others: OthersMay;
  readonly exit: FailureKind;
}

export const errorTraits: Readonly<Record<ErrorCode, ErrorTraits>> = {
  'dns-not-found': { retry: 'needs-user', fault: 'network', others: 'elsewhere', exit: 'network' },
  'dns-temporary': { retry: 'transient', fault: 'network', others: 'elsewhere', exit: 'network' },
  'connect-refused': { retry: 'transient', fault: 'network', others: 'elsewhere', exit: 'network' },
  'connect-timeout': { retry: 'transient', fault: 'network', others: 'replace', exit: 'network' },
  unreachable: { retry: 'transient', fault: 'network', others: 'elsewhere', exit: 'network' },
  'connection-reset': { retry: 'transient', fault: 'network', others: 'replace', exit: 'network' },
  stalled: { retry: 'transient', fault: 'network', others: 'replace', exit: 'network' },
  'tls-certificate': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'network' },
  'tls-failed': { retry: 'transient', fault: 'network', others: 'replace', exit: 'network' },
  'ssh-host-key': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'network' },
  'proxy-auth-required': { retry: 'needs-user', fault: 'user', others: 'elsewhere', exit: 'access' },
  'proxy-failed': { retry: 'transient', fault: 'network', others: 'elsewhere', exit: 'network' },
  'http-unauthorized': { retry: 'needs-user', fault: 'user', others: 'elsewhere', exit: 'access' },
  'http-forbidden': { retry: 'needs-user', fault: 'user', others: 'elsewhere', exit: 'access' },
  'http-not-found': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'notFound' },
  'http-gone': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'notFound' },
  'http-too-many-requests': { retry: 'transient', fault: 'server', others: 'elsewhere', exit: 'server' },
  'http-unavailable': { retry: 'transient', fault: 'server', others: 'elsewhere', exit: 'server' },
  'http-client-error': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'server' },
  'http-server-error': { retry: 'transient', fault: 'server', others: 'elsewhere', exit: 'server' },
  'http-malformed': { retry: 'transient', fault: 'server', others: 'elsewhere', exit: 'server' },
  'redirect-loop': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'server' },
  'redirect-unsafe': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'server' },
  'range-ignored': { retry: 'transient', fault: 'server', others: 'elsewhere', exit: 'server' },
  'range-mismatch': { retry: 'transient', fault: 'server', others: 'elsewhere', exit: 'server' },
  'range-not-satisfiable': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'server' },
  'resource-changed': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'verification' },
  'resume-unproved': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'verification' },
  'body-short': { retry: 'transient', fault: 'network', others: 'replace', exit: 'network' },
  'encoding-unexpected': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'server' },
  'page-instead-of-file': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'server' },
  'decompression-bomb': { retry: 'needs-user', fault: 'server', others: 'elsewhere', exit: 'server' },
  'disk-full': { retry: 'transient', fault: 'machine', others: 'none', exit: 'diskFull' },
  'disk-io': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'file-access-denied': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'folder-missing': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'file-too-large': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'file-exists': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'file-missing': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'file-changed': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'file-unsafe': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'file-busy': { retry: 'transient', fault: 'machine', others: 'none', exit: 'disk' },
  'too-many-files': { retry: 'transient', fault: 'machine', others: 'none', exit: 'disk' },
  'journal-unreadable': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'journal-too-new': { retry: 'needs-user', fault: 'machine', others: 'none', exit: 'disk' },
  'checksum-mismatch': { retry: 'needs-user', fault: 'server', others: 'none', exit: 'verification' },
  'url-invalid': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'url-unsupported': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'request-invalid': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'name-invalid': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'already-listed': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'download-unknown': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'queue-unknown': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'queue-name-taken': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'header-refused': { retry: 'permanent', fault: 'user', others: 'none', exit: 'usage' },
  'sign-in-needed': { retry: 'needs-user', fault: 'user', others: 'none', exit: 'access' },
  'host-busy': { retry: 'permanent', fault: 'machine', others: 'none', exit: 'host' },
  'port-in-use': { retry: 'permanent', fault: 'machine', others: 'none', exit: 'host' },
  'database-unreadable': { retry: 'permanent', fault: 'machine', others: 'none', exit: 'host' },
  disconnected: { retry: 'transient', fault: 'network', others: 'none', exit: 'network' },
  timeout: { retry: 'transient', fault: 'network', others: 'none', exit: 'network' },
  aborted: { retry: 'permanent', fault: 'user', others: 'none', exit: 'interrupted' },
  unsupported: { retry: 'permanent', fault: 'user', others: 'elsewhere', exit: 'usage' },
  internal: { retry: 'needs-user', fault: 'sluice', others: 'none', exit: 'internal' },
  'response-rejected': { retry: 'permanent', fault: 'user', others: 'none', exit: 'server' },
};
