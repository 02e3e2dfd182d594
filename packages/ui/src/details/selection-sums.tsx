/** What several selected downloads come to together. */
import type { DownloadView } from '@sluice/contract';
import { useReplica } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { useServices } from '../app/services.ts';

interface Sums {
  readonly receivedBytes: number;
  /** Of those whose size is known. */
  readonly sizeBytes: number;
  readonly unknownSizes: number;
  readonly speedBytesPerSecond: number;
}

export function sumsOf(downloads: Iterable<DownloadView>): Sums {
  let [receivedBytes, sizeBytes, unknownSizes, speedBytesPerSecond] = [0, 0, 0, 0];
  for (const download of downloads) {
    receivedBytes += download.receivedBytes;
    speedBytesPerSecond += download.speedBytesPerSecond;
    if (download.sizeBytes === null) unknownSizes += 1;
    else sizeBytes += download.sizeBytes;
  }
  return { receivedBytes, sizeBytes, unknownSizes, speedBytesPerSecond };
}

export function SelectionSums({ ids }: { readonly ids: ReadonlySet<string> }) {
  const { t, formats } = useTexts();
  const { replica } = useServices();
  // Drawn again with every batch: the sums follow what is fetched.
  useReplica((state) => state.revision);
  const { downloads } = replica.getState();
  const sums = sumsOf([...ids].flatMap((id) => downloads.get(id) ?? []));
  const received = formats.size(sums.receivedBytes);
  const size = formats.size(sums.sizeBytes);
  return (
    <div className="selection-sums figure" role="status" aria-live="off">
      <p>{t('details.many', { count: ids.size })}</p>
      <p>
        {t('row.received', { received, size: sums.unknownSizes > 0 ? t('add.atLeast', { size }) : size })}
        {sums.speedBytesPerSecond > 0 && ` · ${formats.speed(sums.speedBytesPerSecond)}`}
      </p>
    </div>
  );
}
