/** F73, F74, F75, F81: servers that mean well and say ranges wrong. */
import type { Answer, Script } from '../../origin/answer.ts';
import { type Play, playPath, type PlayScale, versionA } from '../play.ts';

const whole = 'saves version A whole';

function served(script: (scale: PlayScale) => Script): Play['stage'] {
  return (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale });
    origin.script(playPath, script(scale));
  };
}

function meaningless(value: (sizeBytes: number) => string): Play {
  return {
    fault: 'F73',
    name: `a plain GET is answered with 200 and Content-Range: ${value(1).replaceAll('1', 'N').replaceAll('NN', 'N')}`,
    right: whole,
    stage: served(
      ({ sizeBytes }) =>
        ({ range }) =>
          range === null ? { headers: { 'Content-Range': value(sizeBytes) } } : {},
    ),
  };
}

export const f73: readonly Play[] = [
  meaningless((size) => `bytes 0-${size}/${size}`),
  meaningless((size) => `bytes */${size}`),
  meaningless((size) => `bytes 0-${size}`),
  meaningless((size) => `0-${size}/${size}`),
  meaningless((size) => `bytes 0.0-${size}.0/${size}.0`),
  {
    fault: 'F73',
    name: 'a plain GET is answered with 206 and a Content-Range without numbers',
    right: whole,
    stage: served(
      ({ sizeBytes }) =>
        ({ range }) =>
          range === null ? { status: 206, headers: { 'Content-Range': `bytes */${sizeBytes}` } } : {},
    ),
  },
];

/** The first answer breaks off half-way, and whatever asks for a range is refused. */
function refusesRanges(answer: Answer): Play['stage'] {
  return served(({ sizeBytes }) => ({ range }, index) => {
    if (range !== null) return answer;
    return index === 0 ? { end: { afterBytes: Math.floor(sizeBytes / 2), how: 'reset' } } : {};
  });
}

const asksOnce = `asks once without a range, proves what is there, and ${whole}`;

export const f74: readonly Play[] = [
  ...[400, 403, 404, 405, 416, 501].map((status): Play => ({
    fault: 'F74',
    name: `any request for a range gets ${status}, and the first answer breaks off half-way`,
    right: asksOnce,
    stage: refusesRanges({ status }),
  })),
  ...(['chunked', 'close'] as const).map((framing): Play => ({
    fault: 'F74',
    name: `any request for a range gets 416, and the first answer, which has no length (${framing}), breaks off half-way`,
    right: asksOnce,
    stage: served(({ sizeBytes }) => ({ range }, index) => {
      if (range !== null) return { status: 416 };
      return index === 0 ? { framing, end: { afterBytes: Math.floor(sizeBytes / 2), how: 'reset' } } : { framing };
    }),
  })),
];

export const f75: readonly Play[] = [200, 203].map((status) => ({
  fault: 'F75',
  name: `ranges are answered with ${status} and exactly the slice`,
  right: `takes each as the part that it is, and ${whole}`,
  stage: served(({ sizeBytes }) => ({ range }, index) => {
    if (index === 0) return { end: { afterBytes: Math.floor(sizeBytes / 2), how: 'reset' } };
    return range === null ? {} : { status };
  }),
}));

export const f81: readonly Play[] = [
  {
    fault: 'F81',
    name: 'the second to fourth request for a range get a garbled 206, all others are honest, and bodies break off',
    right: 'asks for ranges again in a later run, and loses nothing',
    stage: (origin, scale) => {
      let ranged = 0;
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, ({ range }) => {
        if (range !== null) ranged += 1;
        const isGarbled = range !== null && ranged <= 3;
        if (isGarbled) return { headers: { 'Content-Range': 'bytes half-most/all' } };
        return { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'reset' } };
      });
    },
  },
];
