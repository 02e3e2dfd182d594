/** F71: a file that grows while it is fetched. */
import type { Answer } from '../../origin/answer.ts';
import { type Play, playPath, versionA } from '../play.ts';

/** Each request meets a version of its own: longer, with another tag and another date. */
function grown(sizeBytes: number, index: number): Answer {
  const lastModified = new Date(Date.UTC(2024, 0, 2) + index * 1000).toUTCString();
  return { resource: { seed: versionA, sizeBytes: sizeBytes + index * 1000, etag: `"grown-${index}"`, lastModified } };
}

export const f71: readonly Play[] = [
  {
    fault: 'F71',
    name: 'a file that grows with every request',
    right: 'saves the version of the first answer to its end: version A, as long as that answer said',
    stage(origin, scale) {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, (_request, index) => grown(scale.sizeBytes, index));
    },
  },
];
