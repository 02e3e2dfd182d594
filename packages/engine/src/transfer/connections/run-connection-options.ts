/** What one connection is given to work with. */
import type { Decoding } from '../../plan/response/decoding.ts';
import type { HttpBody } from '../../ports/http.ts';
import type { RangeTrust } from '../proof/range-trust.ts';
import type { RunLimits, RunPorts } from '../run/run-context.ts';
import type { Segment, SegmentBoard } from './segment-board.ts';
import type { Source } from './source.ts';
import type { WorkingFile } from '../file/working-file.ts';

/** A body that is open already and was judged. */
export interface FirstBody {
  readonly body: HttpBody;
  /** Offset of the body's first byte in the resource. */
  readonly bodyStart: number;
  /** Where the segment starts; bytes before it are compared with the disk. */
  readonly start: number;
  /** What has to be undone on the way; then the length in bytes says nothing of the file's. */
  readonly decoding: Decoding | null;
  /** Where it came from, if it is a part of the resource; absent for one from the beginning. */
  readonly from?: string;
  /** Its validators say that it is of the known version. */
  readonly isVouchedFor?: boolean;
  /** Where it ends, if it is a part. */
  readonly until?: number;
}

export interface RunConnectionOptions {
  readonly ports: Pick<RunPorts, 'http' | 'clock' | 'pool'>;
  readonly limits: RunLimits;
  readonly working: Pick<WorkingFile, 'partial' | 'ledger'>;
  readonly board: SegmentBoard;
  readonly segment: Segment;
  readonly first: FirstBody | null;
  /** Where to send the request, and what its answer must be a part of. */
  readonly source: Source;
  readonly trust: RangeTrust;
  /** Before its end is reached: makes what follows its own again, unless another has begun with that. */
  readonly takeBack: () => void;
  readonly onArrived: (sizeBytes: number) => void;
  /** The reader must wait for this side. */
  readonly onBackpressure: (until: Promise<unknown>) => void;
}
