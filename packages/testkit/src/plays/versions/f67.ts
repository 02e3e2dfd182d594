/** F67: a server whose ranged answers have a right head and the file's beginning as body. */
import type { Answer } from '../../origin/answer.ts';
import { type Play, playPath, versionA } from '../play.ts';

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
];
