/** Links are looked up four at a time, each once, and none after the dialog has closed. */
import { type EngineApi, type Preview, SluiceError } from '@sluice/contract';
import { expect, it } from 'vitest';
import { LookupQueue } from '../../src/add/lookup-queue.ts';

const preview: Preview = {
  path: '/d/x',
  sizeBytes: 1,
  resumable: null,
  receivedBytes: 0,
  isInUse: false,
  presentPath: null,
  isAsked: true,
  contentType: null,
  isKept: true,
};

/** Answers when it is told to. */
function scripted() {
  const asked: { url: string; signal: AbortSignal | undefined; answer: PromiseWithResolvers<Preview> }[] = [];
  const engine: Pick<EngineApi, 'preview'> = {
    preview: ({ download }, signal) => {
      const answer = Promise.withResolvers<Preview>();
      asked.push({ url: download.url, signal, answer });
      return answer.promise;
    },
  };
  return { asked, queue: new LookupQueue(engine) };
}

/** All promises that can settle have done so: a message comes after them. */
function settled(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function urls(count: number) {
  return Array.from({ length: count }, (_, index) => ({ url: `https://a.org/${index}` }));
}

it('asks for four at a time, and for each once', async () => {
  const { asked, queue } = scripted();
  queue.lookUp(urls(6));
  queue.lookUp(urls(6));
  expect(asked).toHaveLength(4);
  asked[0]?.answer.resolve(preview);
  asked[1]?.answer.reject(new SluiceError('http-not-found'));
  await Promise.allSettled([asked[0]?.answer.promise, asked[1]?.answer.promise]);
  await settled();
  expect(asked.map(({ url }) => url)).toEqual(urls(6).map(({ url }) => url));
  expect(queue.store.getState().get('https://a.org/0')).toEqual({ kind: 'known', preview });
  expect(queue.store.getState().get('https://a.org/1')).toMatchObject({ kind: 'failed' });
});

it('gives up what is asked when it is stopped, asks nothing more, and can begin again', async () => {
  const { asked, queue } = scripted();
  queue.lookUp(urls(6));
  queue.stop();
  expect(asked.every(({ signal }) => signal?.aborted)).toBe(true);
  for (const { answer } of asked) answer.resolve(preview);
  await settled();
  expect(asked).toHaveLength(4);
  expect(queue.store.getState().size).toBe(0);
  queue.lookUp(urls(1));
  expect(asked).toHaveLength(5);
});
