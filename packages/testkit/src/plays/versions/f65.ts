/** F65: later answers of a run name no validator, and their bytes are of another version. */
import type { Answer, Script } from '../../origin/answer.ts';
import { redirectTo } from '../../origin/answer.ts';
import { type Play, playPath, versionA, versionB } from '../play.ts';

const right = 'takes no byte of version B into version A, and saves one version whole';

const ofB: Answer = { resource: { seed: versionB, etag: null, lastModified: null } };

/** Every answer to a range is of version B and says nothing of itself. */
const rangesOfB: Script = ({ asked }) => (asked === null ? {} : ofB);

export const f65: readonly Play[] = [
  {
    fault: 'F65',
    name: 'ranges of another version, without validators',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, rangesOfB);
    },
  },
  {
    fault: 'F65',
    name: 'ranges of another version, without validators, behind a redirect',
    right,
    stage(origin, scale) {
      origin.serve('/elsewhere.bin', { seed: versionA, ...scale });
      origin.script(playPath, redirectTo('/elsewhere.bin'));
      origin.script('/elsewhere.bin', rangesOfB);
    },
  },
  {
    fault: 'F65',
    name: 'the first answer breaks off, ranges are of another version without validators',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, (request, index) =>
        index === 0 ? { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'fin' } } : rangesOfB(request, index),
      );
    },
  },
  {
    fault: 'F65',
    name: 'the first answer breaks off, and everything is of another version without validators',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, (_request, index) =>
        index === 0 ? { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'fin' } } : ofB,
      );
    },
  },
  {
    fault: 'F65',
    name: 'a weak tag that later answers of another version leave out',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale, etag: 'W/"1"', lastModified: null });
      origin.script(playPath, rangesOfB);
    },
  },
];
