/** The folder rules of the engine and the desktop app, as a table of who may reach whom. */
import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { fixtureWorkspace } from '../support/fixture-workspace.ts';

const opening = '/** Stands in a fixture to be judged by the check. */\n';

function rulesBroken(path: string, code: string): readonly string[] {
  const root = fixtureWorkspace({ [path]: `${opening}${code}\n` });
  return checkSources(root).violations.map((violation) => violation.rule);
}

const engineCases: ReadonlyArray<readonly [path: string, code: string, allowed: boolean]> = [
  ['plan/a.ts', `import '../download/b.ts';`, true],
  ['plan/names/a.ts', `import '../range.ts';`, true],
  ['plan/a.ts', `import '../errors.ts';`, true],
  ['plan/a.ts', `import '@sluice/contract';`, true],
  ['plan/a.ts', `import 'zod';`, true],
  ['plan/a.ts', `import 'undici';`, false],
  ['plan/a.ts', `import 'node:crypto';`, false],
  ['plan/a.ts', `import type { Buffer } from 'node:buffer';`, false],
  ['plan/a.ts', `import type { Clock } from '../ports/clock.ts';`, false],
  ['plan/a.ts', `import '../store/journal.ts';`, false],
  ['download/a.ts', `import '../plan/b.ts';`, true],
  ['download/a.ts', `import 'fs';`, false],
  ['errors.ts', `import '@sluice/contract';`, true],
  ['errors.ts', `import './plan/a.ts';`, false],
  ['ports/a.ts', `import type { Settings } from '@sluice/contract';`, true],
  ['ports/a.ts', `import type { DownloadRecord } from '../download/record.ts';`, true],
  ['ports/a.ts', `import { transition } from '../download/state.ts';`, false],
  ['ports/a.ts', `import '../adapters/clock.ts';`, false],
  ['ports/a.ts', `import 'node:fs';`, false],
  ['transfer/a.ts', `import '../ports/files.ts';`, true],
  ['transfer/a.ts', `import '../store/journal.ts';`, true],
  ['transfer/a.ts', `import 'node:zlib';`, true],
  ['transfer/a.ts', `import 'node:fs/promises';`, false],
  ['transfer/a.ts', `import '../adapters/node-files.ts';`, false],
  ['transfer/a.ts', `import '../adapters/records/sqlite-records.ts';`, false],
  ['transfer/a.ts', `import '../servers/hosts.ts';`, false],
  ['transfer/a.ts', `import '../queue/scheduler.ts';`, false],
  ['transfer/a.ts', `import '../index.ts';`, false],
  ['store/a.ts', `import '../transfer/run.ts';`, false],
  ['store/a.ts', `import 'undici';`, false],
  ['servers/a.ts', `import '../transfer/connections/limiter.ts';`, true],
  ['servers/a.ts', `import '../queue/scheduler.ts';`, false],
  ['queue/a.ts', `import '../transfer/run.ts';`, true],
  ['queue/a.ts', `import '../servers/hosts.ts';`, true],
  ['queue/a.ts', `import '../adapters/node-files.ts';`, false],
  ['adapters/a.ts', `import 'node:net';`, true],
  ['adapters/a.ts', `import 'undici';`, true],
  ['adapters/a.ts', `import '../ports/files.ts';`, true],
  ['adapters/a.ts', `import '../transfer/run.ts';`, false],
  ['engine.ts', `import './queue/scheduler.ts';`, true],
  ['engine.ts', `import './adapters/node-files.ts';`, false],
  ['engine.ts', `import 'node:net';`, false],
  ['index.ts', `import './adapters/node-files.ts';`, true],
];

test.each(engineCases)('engine/src/%s: %s → %s', (path, code, allowed) => {
  expect(rulesBroken(`packages/engine/src/${path}`, code)).toEqual(allowed ? [] : ['folder']);
});

test('a test of the engine may reach any of its folders', () => {
  expect(rulesBroken('packages/engine/test/a.test.ts', `import '../src/adapters/node-files.ts';`)).toEqual([]);
});

const desktopCases: ReadonlyArray<readonly [path: string, code: string, allowed: boolean]> = [
  ['main/a.ts', `import '@sluice/host';`, true],
  ['main/a.ts', `import '@sluice/ui';`, false],
  ['main/a.ts', `import '../renderer/b.ts';`, false],
  ['preload/a.ts', `import { ipcRenderer } from 'electron';`, true],
  ['preload/a.ts', `import 'node:fs';`, false],
  ['preload/a.ts', `import '../main/b.ts';`, false],
  ['renderer/a.ts', `import '@sluice/ui';`, true],
  ['renderer/a.ts', `import 'electron';`, false],
  ['renderer/a.ts', `import '@sluice/host';`, false],
  ['renderer/a.ts', `import '../shared/b.ts';`, true],
];

test.each(desktopCases)('desktop/src/%s: %s → %s', (path, code, allowed) => {
  expect(rulesBroken(`apps/desktop/src/${path}`, code)).toEqual(allowed ? [] : ['folder']);
});
