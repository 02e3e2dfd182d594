/** Everything that one download is carried out with. */
import type { Direct, FileSpec } from '@sluice/engine';
import type { RequestDescriptor } from '../../request/descriptor.ts';
import type { PreparedSpec } from '../options/download-spec.ts';
import type { DownloadOptions } from '../options/options.ts';
import type { StopSignal } from './stop-signal.ts';

/** Everything that one download is carried out with. */
export interface Order {
  readonly direct: Direct;
  readonly descriptor: RequestDescriptor;
  readonly options: DownloadOptions;
  readonly spec: PreparedSpec & Pick<FileSpec, 'onProgress'>;
  readonly stop: StopSignal;
}
