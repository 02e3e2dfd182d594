/** F103: the file has really changed since a part of it arrived. */
import type { ResourceTraits } from '../../origin/resource.ts';
import { type Play, playPath, versionA, versionB } from '../play.ts';

const right = 'mixes nothing, and gives up no byte of version A before version B is whole: saves B, or asks what to do';

/** The first answer breaks off half-way; everything behind it is of version B. */
function changesBehindTheBreak(
  change: (sizeBytes: number) => ResourceTraits & { readonly sizeBytes?: number },
): Play['stage'] {
  return (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale });
    origin.script(playPath, (_request, index) => {
      if (index === 0) return { end: { afterBytes: Math.floor(scale.sizeBytes / 2), how: 'fin' } };
      if (index === 1) origin.serve(playPath, { seed: versionB, ...scale, ...change(scale.sizeBytes) });
      return {};
    });
  };
}

export const f103: readonly Play[] = [
  { fault: 'F103', name: 'other bytes, another tag', right, stage: changesBehindTheBreak(() => ({})) },
  {
    fault: 'F103',
    name: 'longer',
    right,
    stage: changesBehindTheBreak((sizeBytes) => ({ sizeBytes: sizeBytes + 70_001 })),
  },
  {
    fault: 'F103',
    name: 'shorter than what has arrived',
    right,
    stage: changesBehindTheBreak((sizeBytes) => ({ sizeBytes: Math.floor(sizeBytes / 4) })),
  },
  {
    fault: 'F103',
    name: 'another date, no tag',
    right,
    stage: changesBehindTheBreak(() => ({ etag: null, lastModified: 'Wed, 03 Jan 2024 03:04:05 GMT' })),
  },
  {
    fault: 'F103',
    name: 'other bytes, and a server that takes no ranges any more',
    right,
    stage: changesBehindTheBreak(() => ({ ranges: false })),
  },
];
