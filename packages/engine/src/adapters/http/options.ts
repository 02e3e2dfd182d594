/** What a port may be told when it is made. */
import type { Backend } from '@sluice/contract';
import type { Log } from '../../ports/log.ts';
import type { CurlProgramOptions } from './curl/curl-program.ts';

export interface HttpPortOptions {
  /** For requests that do not say themselves. Default `auto`: curl for what it alone speaks, sockets for the rest. */
  readonly backend?: Backend;
  /** Which curl, and with what environment. Default: the system's, with ours. */
  readonly curl?: CurlProgramOptions;
  /** Certificates (PEM) trusted beside the system's own. */
  readonly certificateAuthorities?: readonly string[];
  /** How long an unused connection is kept for the next request. Default 4 s, which servers rarely undercut. 0: never kept. */
  readonly keepIdleMs?: number;
  /** Unused connections kept per server. Default 16. */
  readonly maxIdlePerHost?: number;
  /** Gets a debug line for each choice of a backend. Default: none. */
  readonly log?: Log;
}
