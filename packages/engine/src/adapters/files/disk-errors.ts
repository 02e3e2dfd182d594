/** Puts what the operating system says about a disk into the engine's error codes. */
import { basename, dirname } from 'node:path';
import { type ErrorCode, SluiceError } from '@sluice/contract';

/** What was being done, which decides what a missing name or a refused kind of file means. */
export type DiskOperation =
  | 'create'
  | 'open'
  | 'read'
  | 'write'
  | 'sync'
  | 'truncate'
  | 'look-up'
  | 'move'
  | 'delete'
  | 'make-folder'
  | 'sync-folder'
  | 'list-folder'
  | 'free-space'
  | 'close';

export interface DiskErrorOptions {
  readonly operation: DiskOperation;
  readonly path: string;
}

const codesByErrno: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EIO: 'disk-io',
  ENODEV: 'disk-io',
  ESTALE: 'disk-io',
  EREMOTEIO: 'disk-io',
  EUCLEAN: 'disk-io',
  EACCES: 'file-access-denied',
  EPERM: 'file-access-denied',
  EROFS: 'file-access-denied',
  EFBIG: 'file-too-large',
  EOVERFLOW: 'file-too-large',
  EEXIST: 'file-exists',
  ENOTEMPTY: 'file-exists',
  ELOOP: 'file-unsafe',
  EISDIR: 'file-unsafe',
  EMFILE: 'too-many-files',
  ENFILE: 'too-many-files',
  ENOMEM: 'file-busy',
  EBUSY: 'file-busy',
  ETXTBSY: 'file-busy',
  EAGAIN: 'file-busy',
  ENAMETOOLONG: 'name-invalid',
  EILSEQ: 'name-invalid',
};

const operationsOnFolders: ReadonlySet<DiskOperation> = new Set([
  'create',
  'make-folder',
  'sync-folder',
  'list-folder',
  'free-space',
]);

const operationsThatName: ReadonlySet<DiskOperation> = new Set(['create', 'move', 'make-folder']);

/** The system's own name for a failure, or null when it was not the system that failed. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

function codeFor(errno: string, operation: DiskOperation): ErrorCode {
  // A create fails with ENOENT for want of its folder; an open for want of the file.
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    return operationsOnFolders.has(operation) ? 'folder-missing' : 'file-missing';
  }
  // Opening a socket or a pipe without a reader says ENXIO; a write to a pulled-out disk does too.
  if (errno === 'ENXIO') return operation === 'open' ? 'file-unsafe' : 'disk-io';
  // File systems with narrower names (FAT, NTFS, SMB) refuse the others with EINVAL.
  if (errno === 'EINVAL' && operationsThatName.has(operation)) return 'name-invalid';
  // A closed descriptor in use is our mistake, not the disk's.
  if (errno === 'EBADF') return 'internal';
  return codesByErrno[errno] ?? 'disk-io';
}

/**
 * The SluiceError for a failed file operation. A SluiceError passes through; whatever is not from the
 * system is `internal`. Facts: `name` and `folder` of the path, `errno`, `operation`.
 */
export function diskError(error: unknown, context: DiskErrorOptions): SluiceError {
  if (error instanceof SluiceError) return error;
  const errno = errnoOf(error);
  const facts = { name: basename(context.path), folder: dirname(context.path), operation: context.operation };
  if (errno === null) {
    // Node itself refuses such a path, before any system is asked.
    if (context.path.includes('\0')) return new SluiceError('name-invalid', 'NUL in a path', { facts, cause: error });
    const text = error instanceof Error ? error.message : String(error);
    return new SluiceError('internal', `${context.operation}: ${text}`, { facts, cause: error });
  }
  return new SluiceError(codeFor(errno, context.operation), `${context.operation} failed: ${errno}`, {
    facts: { ...facts, errno },
    cause: error,
  });
}

/** Runs `action` and rethrows its failure as {@link diskError} does. */
export async function withDiskErrors<T>(context: DiskErrorOptions, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw diskError(error, context);
  }
}
