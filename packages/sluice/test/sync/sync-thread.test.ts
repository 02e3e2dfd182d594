import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { SyncCall } from '../../src/sync/sync-protocol.ts';
import { SyncThread } from '../../src/sync/sync-thread.ts';

const call: SyncCall = { kind: 'download', request: 'http://127.0.0.1:1/', options: {} };
const answering = new URL('../../src/sync/answer-calls.ts', import.meta.url).href;

/** A thread that answers in its own way. */
function threadOf(answer: string, limits = {}): SyncThread {
  const program = `import { answerCalls } from ${JSON.stringify(answering)};
    answerCalls(async (call) => { ${answer} });`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const start = (): Worker => {
    const worker = new Worker(url, { execArgv: [], resourceLimits: limits });
    worker.on('error', () => {});
    return worker;
  };
  return new SyncThread(start, { checkEveryMs: 50 });
}

const failed = `return { kind: 'failed', error: { name: 'Error', code: null, message: 'so', facts: {}, response: null } };`;

test('an answer comes over', () => {
  expect(threadOf(failed).ask(call)).toMatchObject({ kind: 'failed', error: { message: 'so' } });
});

test.each([
  ['that exits', 'process.exit(3);', 'has ended'],
  ['that fails by itself', `setImmediate(() => { throw new Error('x'); }); return new Promise(() => {});`, 'has ended'],
  ['that runs out of memory', 'const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length));', 'is silent'],
])('a thread %s is noticed, and the next call has another', (_name, end, detail) => {
  const thread = threadOf(`if ('file' in call.options) { ${failed} } ${end}`, { maxOldGenerationSizeMb: 20 });
  const expected = expect.objectContaining({ code: 'internal', message: expect.stringContaining(detail) as string });
  expect(() => thread.ask(call)).toThrow(expected);
  expect(thread.ask({ ...call, options: { file: 'x' } })).toMatchObject({ kind: 'failed' });
});
