/** A body that is ready to be sent. */
import type { BodySource } from '@sluice/engine';

export interface DescribedBody {
  readonly content: Uint8Array | BodySource;
  /** Null where only the caller can say. */
  readonly contentType: string | null;
  /** Equal for bodies that mean the same. */
  readonly identity: string;
}
