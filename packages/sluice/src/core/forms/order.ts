/** Everything that one download is carried out with. */
import type { Direct, FileWish } from '@sluice/engine';
import type { RequestDescriptor } from '../../request/descriptor.ts';
import type { PreparedWish } from '../options/direct-wish.ts';
import type { DownloadOptions } from '../options/options.ts';
import type { StopSignal } from './stop-signal.ts';

/** Everything that one download is carried out with. */
export interface Order {
  readonly direct: Direct;
  readonly descriptor: RequestDescriptor;
  readonly options: DownloadOptions;
  readonly wish: PreparedWish & Pick<FileWish, 'onProgress'>;
  readonly stop: StopSignal;
}
