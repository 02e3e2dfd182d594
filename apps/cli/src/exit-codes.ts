/** What the process ends with: one number for each kind of failure. Scripts rely on them, so a number never changes its meaning. */
import { type ErrorCode, errorTraits, type FailureKind } from '@sluice/contract';

export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  network: 3,
  server: 4,
  notFound: 5,
  access: 6,
  diskFull: 7,
  disk: 8,
  verification: 9,
  host: 10,
  interrupted: 130,
} as const satisfies Record<FailureKind | 'ok', number>;

export type ExitKind = keyof typeof exitCodes;
export type ExitCode = (typeof exitCodes)[ExitKind];

export function exitCodeOf(code: ErrorCode): ExitCode {
  return exitCodes[errorTraits[code].exit];
}

/** What each number means, in the order of the numbers; for `--help`. */
export const exitMeanings: Readonly<Record<ExitKind, string>> = {
  ok: 'everything is on disk, whole',
  internal: 'a fault in sluice itself',
  usage: 'wrong use: options, links or names; nothing was downloaded',
  network: 'network: name lookup, connection, TLS, a connection that keeps breaking',
  server: 'the server refused or answered nonsense',
  notFound: 'not found (404, 410)',
  access: 'access: sign-in needed or forbidden (401, 403, 407)',
  diskFull: 'disk full',
  disk: 'disk: no permission, missing folder, read or write error',
  verification: 'verification: the bytes cannot be vouched for (the file changed, a checksum differs)',
  host: 'another sluice is in the way: its data folder or port is taken',
  interrupted: 'interrupted (Ctrl+C, SIGTERM); run the same command to resume',
};
