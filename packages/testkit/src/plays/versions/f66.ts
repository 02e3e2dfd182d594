/** F66: a server that repeats no validator on 206, though the bytes are right. */
import { redirectTo, type Script } from '../../origin/answer.ts';
import { type Play, playPath, versionA } from '../play.ts';

const right = 'saves version A whole, over one connection if nothing else proves the others';

const silentRanges: Script = ({ asked }) => (asked === null ? {} : { resource: { etag: null, lastModified: null } });

export const f66: readonly Play[] = [
  {
    fault: 'F66',
    name: 'ranges without validators',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, silentRanges);
    },
  },
  {
    fault: 'F66',
    name: 'ranges without validators, and the first answer breaks off',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, (request, index) =>
        index === 0
          ? { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'reset' } }
          : silentRanges(request, index),
      );
    },
  },
  {
    fault: 'F66',
    name: 'ranges without validators, behind a redirect',
    right,
    stage(origin, scale) {
      origin.serve('/elsewhere.bin', { seed: versionA, ...scale });
      origin.script(playPath, redirectTo('/elsewhere.bin'));
      origin.script('/elsewhere.bin', silentRanges);
    },
  },
];
