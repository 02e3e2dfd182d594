/** What a failure means for a run: the one place that sorts error codes. */
import { type ErrorCode, SluiceError } from '@sluice/contract';

export { SluiceError } from '@sluice/contract';

/**
 * - `transient`: the same request may well work later; retry with backoff.
 * - `needs-user`: kept as it is until a person changes something (a link, a password, room on the disk).
 * - `permanent`: trying again cannot help.
 */
export type FailureClass = 'transient' | 'needs-user' | 'permanent';

const failureClasses: Readonly<Record<ErrorCode, FailureClass>> = {
  'dns-not-found': 'needs-user',
  'dns-temporary': 'transient',
  'connect-refused': 'transient',
  'connect-timeout': 'transient',
  unreachable: 'transient',
  'connection-reset': 'transient',
  stalled: 'transient',
  'tls-certificate': 'needs-user',
  'tls-failed': 'transient',
  'ssh-host-key': 'needs-user',
  'proxy-auth-required': 'needs-user',
  'proxy-failed': 'transient',
  'http-unauthorized': 'needs-user',
  'http-forbidden': 'needs-user',
  'http-not-found': 'needs-user',
  'http-gone': 'needs-user',
  'http-too-many-requests': 'transient',
  'http-unavailable': 'transient',
  'http-client-error': 'needs-user',
  'http-server-error': 'transient',
  'http-malformed': 'transient',
  'redirect-loop': 'needs-user',
  'redirect-unsafe': 'needs-user',
  'range-ignored': 'transient',
  'range-mismatch': 'transient',
  'range-not-satisfiable': 'needs-user',
  'resource-changed': 'needs-user',
  'resume-unproved': 'needs-user',
  'body-short': 'transient',
  'encoding-unexpected': 'needs-user',
  'page-instead-of-file': 'needs-user',
  'decompression-bomb': 'needs-user',
  'disk-full': 'transient',
  'disk-io': 'needs-user',
  'file-access-denied': 'needs-user',
  'folder-missing': 'needs-user',
  'file-too-large': 'needs-user',
  'file-exists': 'needs-user',
  'file-missing': 'needs-user',
  'file-changed': 'needs-user',
  'file-unsafe': 'needs-user',
  'file-busy': 'transient',
  'too-many-files': 'transient',
  'journal-unreadable': 'needs-user',
  'journal-too-new': 'needs-user',
  'checksum-mismatch': 'needs-user',
  'url-invalid': 'permanent',
  'url-unsupported': 'permanent',
  'request-invalid': 'permanent',
  'name-invalid': 'permanent',
  'already-listed': 'permanent',
  'download-unknown': 'permanent',
  'queue-unknown': 'permanent',
  'queue-name-taken': 'permanent',
  'header-refused': 'permanent',
  'sign-in-needed': 'needs-user',
  'host-busy': 'permanent',
  'port-in-use': 'permanent',
  'database-unreadable': 'permanent',
  disconnected: 'transient',
  timeout: 'transient',
  aborted: 'permanent',
  unsupported: 'permanent',
  internal: 'needs-user',
  'response-rejected': 'permanent',
};

export function classify(error: unknown): FailureClass {
  return error instanceof SluiceError ? failureClasses[error.code] : 'needs-user';
}
