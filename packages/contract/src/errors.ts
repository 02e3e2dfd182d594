/** The closed union of everything that can go wrong, as hosts, engines and windows name it. */
import { z } from 'zod';

/**
 * Stable codes. They are stored, sent over the wire, matched in scripts and mapped to sentences by the UI,
 * so a code is never renamed or given a second meaning. Grouped by who can put it right.
 */
export const errorCodes = [
  // The network: usually passes by itself.
  'dns-not-found',
  'dns-temporary',
  'connect-refused',
  'connect-timeout',
  'unreachable',
  'connection-reset',
  'stalled',
  'tls-certificate',
  'tls-failed',
  'ssh-host-key',
  'proxy-auth-required',
  'proxy-failed',
  // The server answered, and the answer was no.
  'http-unauthorized',
  'http-forbidden',
  'http-not-found',
  'http-gone',
  'http-too-many-requests',
  'http-unavailable',
  'http-client-error',
  'http-server-error',
  'http-malformed',
  'redirect-loop',
  'redirect-unsafe',
  // Refusals: the server answered, and its bytes may not be accepted.
  'range-ignored',
  'range-mismatch',
  'range-not-satisfiable',
  'resource-changed',
  'resume-unproved',
  'body-short',
  'encoding-unexpected',
  'page-instead-of-file',
  'decompression-bomb',
  // The disk.
  'disk-full',
  'disk-io',
  'file-access-denied',
  'folder-missing',
  'file-too-large',
  'file-exists',
  'file-missing',
  'file-changed',
  'file-unsafe',
  'file-busy',
  /** This process, or the system, has no room for another open file or connection. */
  'too-many-files',
  'journal-unreadable',
  'journal-too-new',
  // Verification.
  'checksum-mismatch',
  // What was asked for.
  'url-invalid',
  'url-unsupported',
  'request-invalid',
  'name-invalid',
  'already-listed',
  'download-unknown',
  'queue-unknown',
  'queue-name-taken',
  'header-refused',
  /** Its login, cookies or form are stored in a way that this host cannot read. */
  'sign-in-needed',
  // The host itself.
  'host-busy',
  'port-in-use',
  'database-unreadable',
  'disconnected',
  'timeout',
  'aborted',
  'unsupported',
  'internal',
  // What a program that uses the library decided: its own rule refused the answer.
  'response-rejected',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = (typeof errorCodes)[number];

/**
 * An error as data: what crosses the wire, what is stored and what the UI turns into a sentence.
 * `detail` is for logs and bug reports, in English and free of secrets; `facts` feed the sentence.
 */
export const errorInfoSchema = z.object({
  code: errorCodeSchema,
  detail: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ErrorInfo = z.infer<typeof errorInfoSchema>;
