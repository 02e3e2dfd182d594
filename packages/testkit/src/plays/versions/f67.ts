/** F67: a server whose ranged answers have a right head and the file's beginning as body. */
import { type Answer, redirectTo } from '../../origin/answer.ts';
import { type Play, playPath, versionA, versionB } from '../play.ts';

const right = 'notices the lie before the file is finished, and saves version A whole';

function rangesBringTheBeginning(answer: Answer = {}): Play['stage'] {
  return (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale });
    origin.script(playPath, ({ asked }) => {
      if (asked === null || asked.start === 0) return {};
      const end = asked.end ?? scale.sizeBytes;
      return { ...answer, send: { start: 0, end: end - asked.start } };
    });
  };
}

export const f67: readonly Play[] = [
  {
    fault: 'F67',
    name: 'ranges bring the beginning of the file, with right validators',
    right,
    stage: rangesBringTheBeginning(),
  },
  {
    fault: 'F67',
    name: 'ranges bring the beginning of the file, with Last-Modified alone',
    right,
    stage: rangesBringTheBeginning({ resource: { etag: null } }),
  },
  {
    fault: 'F67',
    name: 'ranges bring the whole file until the connection closes',
    right,
    stage: (origin, scale) => {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, ({ asked }) =>
        asked === null || asked.start === 0 ? {} : { framing: 'close', send: { start: 0, end: scale.sizeBytes } },
      );
    },
  },
  {
    fault: 'F67',
    name: 'the first answer breaks off, and ranges bring the beginning of the file',
    right,
    stage: (origin, scale) => {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, ({ asked }, index) => {
        if (index === 0) return { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'fin' } };
        if (asked === null || asked.start === 0) return {};
        return { send: { start: 0, end: (asked.end ?? scale.sizeBytes) - asked.start } };
      });
    },
  },
  {
    fault: 'F67',
    name: 'behind a redirect, ranges bring the beginning of the file',
    right,
    stage: (origin, scale) => {
      origin.serve('/elsewhere.bin', { seed: versionA, ...scale });
      origin.script(playPath, redirectTo('/elsewhere.bin'));
      origin.script('/elsewhere.bin', ({ asked }) =>
        asked === null || asked.start === 0
          ? {}
          : { send: { start: 0, end: (asked.end ?? scale.sizeBytes) - asked.start } },
      );
    },
  },
  {
    fault: 'F67',
    name: 'ranges bring what lies 1000 bytes further on',
    right,
    stage: (origin, scale) => {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, ({ asked }) => {
        if (asked === null || asked.start === 0) return {};
        const lengthBytes = (asked.end ?? scale.sizeBytes) - asked.start;
        const start = Math.min(asked.start + 1000, scale.sizeBytes - lengthBytes);
        return { send: { start, end: start + lengthBytes } };
      });
    },
  },
  {
    fault: 'F67',
    name: 'ranges bring another version under the validators of the first',
    right,
    stage: (origin, scale) => {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, ({ asked }) =>
        asked === null ? {} : { resource: { seed: versionB, etag: `"${versionA}-${scale.sizeBytes}"` } },
      );
    },
  },
];
