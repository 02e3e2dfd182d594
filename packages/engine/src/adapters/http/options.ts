/** What a port may be told when it is made. */

export interface HttpPortOptions {
  /** `auto`: the socket lane for all it speaks, which is http and https; the others force one lane. Default `auto`. */
  readonly backend?: 'auto' | 'socket' | 'undici';
  /** Certificates (PEM) trusted beside the system's own. */
  readonly certificateAuthorities?: readonly string[];
  /** How long an unused connection is kept for the next request. Default 4 s, which servers rarely undercut. 0: never kept. */
  readonly keepIdleMs?: number;
  /** Unused connections kept per server. Default 16. */
  readonly maxIdlePerHost?: number;
}
