import { SluiceError } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { diskError, type DiskOperation } from '../../../src/adapters/files/disk-errors.ts';
import { errnoError } from './temporary-folder.ts';

describe('diskError', () => {
  test.each<[string, DiskOperation, string]>([
    ['ENOSPC', 'write', 'disk-full'],
    ['EDQUOT', 'write', 'disk-full'],
    ['EIO', 'sync', 'disk-io'],
    ['ENODEV', 'write', 'disk-io'],
    ['EACCES', 'create', 'file-access-denied'],
    ['EPERM', 'delete', 'file-access-denied'],
    ['EROFS', 'create', 'file-access-denied'],
    ['EFBIG', 'write', 'file-too-large'],
    ['EEXIST', 'create', 'file-exists'],
    ['ELOOP', 'open', 'file-unsafe'],
    ['EISDIR', 'open', 'file-unsafe'],
    ['ENXIO', 'open', 'file-unsafe'],
    ['ENXIO', 'write', 'disk-io'],
    ['EMFILE', 'open', 'too-many-files'],
    ['ENFILE', 'open', 'too-many-files'],
    ['ENOMEM', 'open', 'file-busy'],
    ['EBUSY', 'move', 'file-busy'],
    ['ENAMETOOLONG', 'create', 'name-invalid'],
    ['EINVAL', 'create', 'name-invalid'],
    ['EINVAL', 'write', 'disk-io'],
    ['ENOENT', 'open', 'file-missing'],
    ['ENOENT', 'create', 'folder-missing'],
    ['ENOENT', 'list-folder', 'folder-missing'],
    ['ENOTDIR', 'open', 'file-missing'],
    ['ENOTDIR', 'create', 'folder-missing'],
    ['EBADF', 'write', 'internal'],
    ['ENOTRECOVERABLE', 'write', 'disk-io'],
  ])('%s of %s is %s', (errno, operation, code) => {
    const error = diskError(errnoError(errno), { operation, path: '/home/ann/file.bin' });
    expect(error).toMatchObject({ code, facts: { name: 'file.bin', folder: '/home/ann', operation, errno } });
  });

  test('what did not come from the system is ours', () => {
    expect(diskError(new TypeError('oops'), { operation: 'write', path: '/a' }).code).toBe('internal');
    const nodeError = Object.assign(new Error('range'), { code: 'ERR_OUT_OF_RANGE' });
    expect(diskError(nodeError, { operation: 'write', path: '/a' }).code).toBe('internal');
  });

  test('a NUL in a path, which Node refuses before the system is asked, is a mistake in the name', () => {
    const nodeError = Object.assign(new Error('null bytes'), { code: 'ERR_INVALID_ARG_VALUE' });
    expect(diskError(nodeError, { operation: 'list-folder', path: '/tmp/\0x' }).code).toBe('name-invalid');
  });

  test('an error that has its code already keeps it', () => {
    const error = new SluiceError('file-unsafe');
    expect(diskError(error, { operation: 'open', path: '/a' })).toBe(error);
  });
});
