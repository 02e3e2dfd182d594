/** F132: a 206 that was not asked for, which covers the whole file, of another version. */
import { type Play, playPath, versionA, versionB } from '../play.ts';

export const f132: readonly Play[] = [
  {
    fault: 'F132',
    name: 'the first answer breaks off; then 206 with all of another version, whatever is asked',
    right: 'treats the file as changed, and saves version B whole',
    stage(origin, scale) {
      const { sizeBytes } = scale;
      origin.serve(playPath, { seed: versionA, ...scale, ranges: false, headers: { 'Accept-Ranges': 'none' } });
      origin.script(playPath, (_request, index) =>
        index === 0
          ? { end: { afterBytes: Math.floor(sizeBytes / 2), how: 'fin' } }
          : {
              status: 206,
              headers: { 'Content-Range': `bytes 0-${sizeBytes - 1}/${sizeBytes}` },
              resource: { seed: versionB, etag: '"b"', lastModified: null },
            },
      );
    },
  },
  {
    fault: 'F132',
    name: 'the same of one that names no validator',
    right: 'treats the file as changed, and saves version B whole',
    stage(origin, scale) {
      const { sizeBytes } = scale;
      origin.serve(playPath, { seed: versionA, ...scale, ranges: false, headers: { 'Accept-Ranges': 'none' } });
      origin.script(playPath, (_request, index) =>
        index === 0
          ? { end: { afterBytes: Math.floor(sizeBytes / 2), how: 'fin' } }
          : {
              status: 206,
              headers: { 'Content-Range': `bytes 0-${sizeBytes - 1}/${sizeBytes}` },
              resource: { seed: versionB, etag: null, lastModified: null },
            },
      );
    },
  },
];
