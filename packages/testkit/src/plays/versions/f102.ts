/** F102: the same date and length, another entity tag: only the bytes can tell whether it is the same file. */
import { seededBytes } from '../../origin/seeded.ts';
import { type Play, playPath, versionA, versionB } from '../play.ts';

/** What is served once the first answer has broken off half-way. */
function behindTheBreak(change: (sizeBytes: number) => Uint8Array | null): Play['stage'] {
  return (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale });
    origin.script(playPath, (_request, index) => {
      if (index === 0) return { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'fin' } };
      if (index === 1) {
        const body = change(scale.sizeBytes);
        const served = body === null ? { seed: versionA, sizeBytes: scale.sizeBytes } : { body };
        const { bytesPerSecond } = scale;
        origin.serve(playPath, {
          ...served,
          ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
          etag: '"another"',
        });
      }
      return { resource: { etag: '"another"' } };
    });
  };
}

export const f102: readonly Play[] = [
  {
    fault: 'F102',
    name: 'another tag on the same bytes',
    right: 'goes on where it was, and saves version A whole',
    stage: behindTheBreak(() => null),
  },
  {
    fault: 'F102',
    name: 'another tag for each answer on the same bytes',
    right: 'saves version A whole',
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, (_request, index) => ({
        resource: { etag: `"node-${index}"` },
        ...(index === 0 ? { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'fin' } } : {}),
      }));
    },
  },
  {
    fault: 'F102',
    name: 'another tag, and the first eighth of the file is another one',
    right: 'treats the file as changed: what it saves has both, the new first eighth and the rest',
    stage: behindTheBreak((sizeBytes) => {
      const body = seededBytes(versionA, 0, sizeBytes);
      body.set(seededBytes(versionB, 0, Math.floor(sizeBytes / 8)));
      return body;
    }),
  },
];
