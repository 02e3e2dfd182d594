/** Tests what a line of the log looks like. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log/create-log.ts';
import { tempFolder } from '../temp-folder.ts';

test('a line is JSON with its level, fields and message, and no secret', async () => {
  const path = join(await tempFolder(), 'sluice.log');
  const { log, close } = createLog(path, '1.2.3');
  log.debug('not at this level');
  log.warn('from http://ana:pa55@host.test/f', {
    url: 'http://host.test/f?sig=pa55',
    cookie: 'pa55',
    status: 200,
    none: undefined,
  });
  close();
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('pa55');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 40,
    version: '1.2.3',
    msg: 'from http://***@host.test/f',
    url: 'http://host.test/f?sig=***',
    cookie: '***',
    status: 200,
  });
});
