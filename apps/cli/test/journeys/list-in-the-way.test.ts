/** F128: a list that cannot be used is said as what it is, with what can help. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nameFor } from '@sluice/testkit/requirements';
import { makeReadOnly, readOnlyFolders } from '@sluice/testkit/read-only-folder';
import { expect, test } from 'vitest';
import { workplace } from '../support/sluice.ts';

test.skipIf(!readOnlyFolders.isMet).each(['with a list', 'empty'])(
  nameFor('F128 a data folder that is read-only, %s, is said as such', readOnlyFolders),
  async (what) => {
    await using place = await workplace();
    const data = join(place.folder, 'data');
    await mkdir(data, { mode: 0o700 });
    const add = ['add', '--data-folder', data, '--paused', 'http://127.0.0.1:9/file.bin'];
    if (what === 'with a list') expect(await place.start(...add).ended).toBe(0);
    const before = await readdir(data);
    using _readOnly = makeReadOnly(data);
    const refused = place.start(...add);
    expect(await refused.ended).toBe(8);
    expect(refused.written.error).toContain(`Sluice has no permission to write the list of downloads: ${data}`);
    expect(refused.written.error).toContain('or choose another data folder with --data-folder.');
    expect(await readdir(data)).toEqual(before);
  },
);
