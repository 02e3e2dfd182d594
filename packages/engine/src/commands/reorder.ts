/** Moves downloads within the order in which they start. */
import type { DownloadList } from '../queue/download-list.ts';

/** Puts `ids`, in that order, in front of `beforeId`, or last when it is null. Unknown ids are passed over. */
export function reorderDownloads(list: DownloadList, ids: readonly string[], beforeId: string | null): void {
  const moving = ids.flatMap((id) => list.get(id) ?? []);
  const isMoving = new Set(moving);
  const staying = list.inOrder().filter((entry) => !isMoving.has(entry));
  const found = staying.findIndex((entry) => entry.record.id === beforeId);
  const at = found < 0 ? staying.length : found;
  const order = [...staying.slice(0, at), ...moving, ...staying.slice(at)];
  order.forEach((entry, index) => {
    if (entry.record.position !== index + 1) list.update(entry, { position: index + 1 });
  });
  list.save();
}
