/** F115: no validators, ranges honoured, and connections that break. */
import { type Play, playPath, versionA } from '../play.ts';

const right = 'proves an overlap, goes on, and saves version A whole';
const bare = { etag: null, lastModified: null } as const;

export const f115: readonly Play[] = [
  {
    fault: 'F115',
    name: 'no validators, one reset in the middle',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale, ...bare });
      origin.script(playPath, (_request, index) =>
        index === 0 ? { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'reset' } } : {},
      );
    },
  },
  {
    fault: 'F115',
    name: 'no validators, every connection breaks after a twelfth of the file',
    right,
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale, ...bare });
      origin.script(playPath, { end: { afterBytes: Math.floor(scale.sizeBytes / 12), how: 'fin' } });
    },
  },
];
