/** When a curl may be started beside others that are ending. */
import { expect, test } from 'vitest';
import { Departures } from '../../../src/adapters/http/curl/departures.ts';

function departing(departures: Departures) {
  const exit = Promise.withResolvers<void>();
  const one = {
    exited: exit.promise,
    exit: exit.resolve,
    isKilled: false,
    kill() {
      one.isKilled = true;
      departures.noteKilled(one);
    },
  };
  return one;
}

/** Whether it settles without any time going by. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

test('one that was killed is waited for, wherever it went', async () => {
  const departures = new Departures();
  const one = departing(departures);
  one.kill();
  const next = departures.settled('another');
  expect(await isSettled(next)).toBe(false);
  one.exit();
  expect(await isSettled(next)).toBe(true);
});

test('a farewell is waited for at the same server alone, and does not take long', async () => {
  const departures = new Departures();
  const one = departing(departures);
  departures.noteDismissed(one, 'there');
  expect(await isSettled(departures.settled('elsewhere'))).toBe(true);
  const next = departures.settled('there');
  expect([await isSettled(next), one.isKilled]).toEqual([false, false]);
  const killed = one.kill.bind(one);
  one.kill = () => {
    killed();
    one.exit();
  };
  await next;
  expect(one.isKilled).toBe(true);
});
