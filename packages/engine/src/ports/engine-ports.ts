/** Everything an engine works through, handed to it by the composition root. */
import type { Clock } from './clock.ts';
import type { Files } from './files.ts';
import type { HttpPort } from './http.ts';
import type { Log } from './log.ts';
import type { Network } from './network.ts';
import type { Records } from './records.ts';

export interface EnginePorts {
  readonly http: HttpPort;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: nothing is known of it. */
  readonly network?: Network;
  readonly records: Records;
}
