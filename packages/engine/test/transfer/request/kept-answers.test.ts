/** Kept answers end by themselves, are taken once, and in the order in which they were got. */
import { createFakeClock } from '@sluice/testkit/clock';
import { expect, it } from 'vitest';
import type { HttpPort, HttpRequest, HttpResponse } from '../../../src/ports/http.ts';
import { KeptAnswers } from '../../../src/transfer/request/kept-answers.ts';

const never = new AbortController().signal;

function requestOf(url: string): HttpRequest {
  return { url, method: 'GET', headers: [], headTimeoutMs: 1, idleTimeoutMs: 1 };
}

/** A server of which every answer is open until it is discarded. */
function openServer() {
  const open = new Set<string>();
  let asked = 0;
  const http: HttpPort = {
    exchange: ({ url }) => {
      asked += 1;
      const name = `${url}#${asked}`;
      open.add(name);
      const response: HttpResponse = {
        status: 200,
        headers: [['x-answer', String(asked)]],
        body: {
          framing: 'length',
          lengthBytes: 5,
          pipeTo: () => Promise.resolve('end'),
          discard: () => void open.delete(name),
        },
      };
      return Promise.resolve(response);
    },
    close: () => Promise.resolve(),
  };
  return { http, open, asked: () => asked };
}

it('an answer is handed out once, then the server is asked', async () => {
  const server = openServer();
  const kept = new KeptAnswers({ http: server.http, clock: createFakeClock() });
  const recorder = kept.record();
  await recorder.http.exchange(requestOf('http://a/1'), never);
  expect(recorder.keep()).toBe(true);
  recorder.drop();
  expect((await kept.http.exchange(requestOf('http://a/1'), never)).headers).toEqual([['x-answer', '1']]);
  expect((await kept.http.exchange(requestOf('http://a/1'), never)).headers).toEqual([['x-answer', '2']]);
  expect(server.open.size).toBe(2);
});

it('an answer that nobody comes for is given up after a minute', async () => {
  const server = openServer();
  const clock = createFakeClock();
  const kept = new KeptAnswers({ http: server.http, clock });
  const recorder = kept.record();
  await recorder.http.exchange(requestOf('http://a/1'), never);
  recorder.keep();
  await clock.advance(59_000);
  expect(server.open.size).toBe(1);
  await clock.advance(2000);
  expect(server.open.size).toBe(0);
  await kept.http.exchange(requestOf('http://a/1'), never);
  expect(server.asked()).toBe(2);
});

it('what is not kept is given up, and so is what comes when all places are taken', async () => {
  const server = openServer();
  const kept = new KeptAnswers({ http: server.http, clock: createFakeClock() });
  const dropped = kept.record();
  await dropped.http.exchange(requestOf('http://a/1'), never);
  dropped.drop();
  expect(server.open.size).toBe(0);
  const verdicts = [];
  for (let index = 0; index < 20; index += 1) {
    const recorder = kept.record();
    await recorder.http.exchange(requestOf(`http://h${Math.floor(index / 2)}/${index}`), never);
    verdicts.push(recorder.keep());
  }
  expect(verdicts.filter(Boolean)).toHaveLength(16);
  expect(server.open.size).toBe(16);
  kept.close();
  expect(server.open.size).toBe(0);
});

it('the heads of a redirect are replayed in their order and its body is not read', async () => {
  const server = openServer();
  const kept = new KeptAnswers({ http: server.http, clock: createFakeClock() });
  const recorder = kept.record();
  const first = await recorder.http.exchange(requestOf('http://a/from'), never);
  first.body.discard();
  await recorder.http.exchange(requestOf('http://a/to'), never);
  recorder.keep();
  // Out of order it is another question.
  await kept.http.exchange(requestOf('http://a/to'), never);
  expect(server.asked()).toBe(3);
  const head = await kept.http.exchange(requestOf('http://a/from'), never);
  expect([head.headers, head.body.lengthBytes]).toEqual([[['x-answer', '1']], 0]);
  expect((await kept.http.exchange(requestOf('http://a/to'), never)).headers).toEqual([['x-answer', '2']]);
});
