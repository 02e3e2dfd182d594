/** Notes on a finished file where it came from. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileOrigin, originMark } from '../../plan/origin-mark.ts';
import { withDiskErrors } from './disk-errors.ts';
import type { NodeFilesBase } from './system.ts';

/** Sets an extended attribute of a file, or of a link itself. Node has no way of its own. */
export type SetAttribute = (path: string, name: string, value: string) => Promise<void>;

export function markOriginOf(
  base: NodeFilesBase,
  setAttribute: SetAttribute | null,
  { path, origin }: { readonly path: string; readonly origin: FileOrigin },
): Promise<void> {
  return withDiskErrors({ operation: 'write', path }, async () => {
    const mark = originMark(base.platform, origin, { wallMs: Date.now(), uuid: randomUUID() });
    if (mark.kind === 'attributes') {
      for (const [name, value] of mark.attributes) await setAttribute?.(path, name, value);
      return;
    }
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;
    const stream = await base.system.open(`${path}:${mark.name}`, flags);
    try {
      await stream.writeFile(mark.text);
    } finally {
      await stream.close();
    }
  });
}
