/** What one run is handed: the ports it works through, the limits it obeys and whom it tells. */
import type { ChangeNotice, RunPhase } from '@sluice/contract';
import type { ConnectionLesson } from '../../download/host-lesson.ts';

import type { Resource } from '../../plan/response/resource.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { HttpPort } from '../../ports/http.ts';
import type { Log } from '../../ports/log.ts';
import type { AdoptablePartials } from './adoptable-partials.ts';
import type { BufferPool } from '../body/buffer-pool.ts';
import type { ChecksumFolders } from '../checksum/checksum-folders.ts';
import type { KeptApart } from '../file/clear-name.ts';
import type { SpeedLimiter } from '../connections/limiter.ts';
import type { NameClaims } from '../file/name-claims.ts';
import type { RequestBase } from '../request/open-response.ts';
import type { AnswerHead } from '../request/answer-head.ts';

export interface RunPorts {
  readonly http: HttpPort;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly pool: BufferPool;
  readonly claims: NameClaims;
  readonly adoptable: AdoptablePartials;
  readonly checksumFolders: ChecksumFolders;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

/** Connections of one host are shared by all downloads from it. */
export interface HostAllowance {
  /** Asks for one more connection to the host. @returns false when the cap is reached or the host is in a cooldown */
  tryTake(): boolean;
  release(): void;
  /** It has said when to come back; that holds for every download from it. */
  startCooldown(forMs: number): void;
  /** The time left of its cooldown, in milliseconds; 0 without one. */
  cooldownLeftMs(): number;
  /** The host's lesson, while it is fresh. */
  lesson(): ConnectionLesson | null;
  learn(lesson: ConnectionLesson): void;
}

/** Read again at each use: a person may change them while the run is under way. */
export interface RunLimits {
  /** Ceiling of connections, at least 1. */
  readonly maxConnections: () => number;
  readonly limiters: () => readonly SpeedLimiter[];
  /** A wait while the download is paused, rejected with the signal's reason; null while it is not. */
  readonly pause?: (signal: AbortSignal) => Promise<void> | null;
  /** Of the download's own link, its first connection counted. */
  readonly host: HostAllowance;
  /** Of any other link's host, nothing counted yet. */
  readonly hostOf: (link: string) => HostAllowance;
}

/** `[start, position)` is on disk or about to be; `end` is null while the length is unknown. */
export interface SegmentSnapshot {
  readonly start: number;
  readonly end: number | null;
  readonly position: number;
  readonly active: boolean;
}

/** What a run tells while it works. Called often: listeners only note it down. */
export interface RunReports {
  phase(phase: RunPhase): void;
  arrived(sizeBytes: number): void;
  connections(count: number): void;
  /** Bytes now in hand, set when a run begins and whenever some had to be given up. */
  received(totalBytes: number): void;
  /** Reads the segments while the connections work. */
  segments(snapshot: () => readonly SegmentSnapshot[]): void;
  /** The first request of a run was answered with bytes. */
  answered(head: AnswerHead): void;
  /** A name was claimed, or a response told more. The list saves it. */
  learned(facts: { readonly fileName?: string; readonly resource: Resource }): void;
  /** The file on the server is another version than the bytes on disk. */
  changed(notice: ChangeNotice): void;
  /**
   * This file is whole and is about to be named: as it is called here, or with a number.
   * @returns whether its name may be given without a journal: what has to remember the file does so durably, or nothing has to
   */
  finishing(facts: {
    readonly fileName: string;
    readonly fileIdentity: string;
    readonly resource: Resource | null;
  }): Promise<boolean>;
  /** A partial that no journal vouches for was in the way, and has another name now. */
  keptApart(kept: KeptApart): void;
}

/**
 * `number`: a taken name gets a number. `refuse` and `replace` take the name as it is: the one ends with `file-exists`
 * where it is taken, the other puts the finished file in its place.
 */
export type WhenTaken = 'number' | 'refuse' | 'replace';

/**
 * What becomes of bytes on disk when the file on the server has changed. `new`: they stay until the new version is
 * finished, and are deleted then. `keep`: the run fails with `resource-changed`, and nothing is touched. `beside`: they
 * stay, and the new version becomes another file under the next free name.
 */
export type OnChanged = 'new' | 'keep' | 'beside';

export interface RunSpec {
  readonly downloadId: string;
  readonly request: RequestBase;
  readonly folder: string;
  readonly wantedName: string | null;
  /** What the user says the file's checksum is. */
  readonly checksum: string | null;
  /** Without one, it may be looked for beside the file. */
  readonly findsChecksum: boolean;
  /** All of the file is read back from the disk before it gets its name. Default: false. */
  readonly readsBack?: boolean;
  /** The finished file says where it came from. */
  readonly marksOrigin: boolean;
  /** The finished file has the date that the server gives, not that of its arrival. */
  readonly keepsServerTime: boolean;
  /** An earlier run is not resumed: its partial is deleted once the file is finished. */
  readonly startsOver: boolean;
  /** The name already in use on disk, from an earlier run. */
  readonly fileName: string | null;
  /** Which file the last run was about to give that name; null unless it was whole. */
  readonly fileIdentity: string | null;
  /** A later process will know what this run reports: of a file that it is whole before that has its name. */
  readonly isRemembered: boolean;
  /** Ends with `file-exists`, the body unread, where a whole file has the name that a new one would get. Default: false. */
  readonly skipIfPresent?: boolean;
  /** Default `number`. */
  readonly whenTaken?: WhenTaken;
  /** Default `new`. */
  readonly onChanged?: OnChanged;
  /** What another link has left does not make it fail: a person has seen that this one leads to another file. Default: false. */
  readonly replacesOtherLink?: boolean;
  /** Names of files whose partials belong to other downloads of this link. */
  readonly leavesAlone?: readonly string[];
}
