/** F72, F78, F79, F80: servers that serve the first connection well and further ones badly. */
import { type Answer, redirectTo, type Script } from '../../origin/answer.ts';
import { createGate, type Gate } from '../../origin/gate.ts';
import { type Play, playPath, versionA } from '../play.ts';

const goesOn = 'goes on over the connections that are let in, saves version A whole, and learns the number';
const page = '<!doctype html><title>Too many connections</title><p>Please wait.';
const html: Answer = { body: page, headers: { 'Content-Type': 'text/html', 'Accept-Ranges': null } };

function scripted(script: Script): Play['stage'] {
  return (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale });
    origin.serve('/blocked', { body: page, contentType: 'text/html' });
    origin.script(playPath, script);
  };
}

/** What servers answer to one connection too many. */
export const turnedAway: Readonly<Record<string, Answer>> = {
  'a page that tells it to wait, as 200': html,
  'such a page as 403': { ...html, status: 403 },
  'such a page as 206': {
    ...html,
    status: 206,
    headers: { 'Content-Type': 'text/html', 'Content-Range': `bytes 0-${page.length - 1}/${page.length}` },
  },
  'an error in JSON, as 200': {
    body: '{"error":"too many connections"}',
    headers: { 'Content-Type': 'application/json' },
  },
  'a redirect to a page': redirectTo('/blocked'),
  'a page to log in, as 401': { ...html, status: 401 },
  'the news that there is no such file': { status: 404 },
  'a redirect that no client follows': redirectTo('file:///etc/passwd'),
  'the whole file': { resource: { ranges: false } },
  'a part in an encoding': { gzip: true },
  'the end of its connection': { end: { afterBytes: 'no-head', how: 'fin' } },
};

export const f72: readonly Play[] = Object.entries(turnedAway).map(([what, beyond]) => ({
  fault: 'F72',
  name: `the third connection gets ${what}`,
  right: goesOn,
  stage: scripted(({ concurrent }) => (concurrent <= 2 ? {} : beyond)),
}));

export const f78: readonly Play[] = [
  {
    fault: 'F78',
    name: 'an older connection is reset whenever a younger one comes',
    right: 'falls to one connection within a few tries, saves version A whole, and remembers',
    stage: (origin, scale) => {
      let before: Gate | null = null;
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, () => {
        before?.open();
        before = createGate();
        return { resetWhen: before };
      });
    },
  },
];

export const f79: readonly Play[] = [
  {
    fault: 'F79',
    name: 'one ranged answer has a status line of junk, all others are good',
    right: 'asks for that range again and grows to several connections, version A',
    stage: scripted((_request, index) => (index === 1 ? { rawHead: '\u0000junk 7\r\n\r\n', keepAlive: false } : {})),
  },
  {
    fault: 'F79',
    name: 'one ranged answer is a server error',
    right: 'asks for that range again and grows to several connections, version A',
    stage: scripted((_request, index) => (index === 1 ? { status: 500 } : {})),
  },
  {
    fault: 'F79',
    name: 'one ranged answer is of another range',
    right: 'asks for that range again and grows to several connections, version A',
    stage: scripted((_request, index) =>
      index === 1 ? { headers: { 'Content-Range': 'bytes 1-9/10' }, send: { start: 1, end: 10 } } : {},
    ),
  },
];

/** The first answer breaks off, and the next ones carry a Retry-After. */
function busyReplacement(status: number, retryAfter: () => string, requests: number): Play['stage'] {
  return (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale });
    origin.script(playPath, (_request, index) => {
      if (index === 0) return { end: { afterBytes: Math.floor(scale.sizeBytes / 4), how: 'reset' } };
      return index <= requests ? { status, headers: { 'Retry-After': retryAfter() } } : {};
    });
  };
}

const waits = 'sends nothing for three seconds, then goes on where it broke off, version A';

export const f80: readonly Play[] = [
  {
    fault: 'F80',
    name: 'a broken connection is replaced by 429 with Retry-After: 3',
    right: waits,
    stage: busyReplacement(429, () => '3', 1),
  },
  {
    fault: 'F80',
    name: 'a broken connection is replaced by 503 with Retry-After: 3',
    right: waits,
    stage: busyReplacement(503, () => '3', 1),
  },
  {
    fault: 'F80',
    name: 'a broken connection is replaced by 503 with Retry-After as a date',
    right: waits,
    stage: busyReplacement(503, () => new Date(Date.now() + 4000).toUTCString(), 1),
  },
];
