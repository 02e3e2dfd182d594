/** What a client is told once, for all of its calls. */
import type { CacheOption } from '../cache/cache-option.ts';
import type { CommonOptions } from '../core/options/options.ts';

/** A user name and a password, for the origin of each link that the client is asked for. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Every option may be left out; those of a call are laid over them, see {@link Client}. */
export interface ClientOptions extends Omit<
  CommonOptions,
  'signal' | 'range' | 'checksum' | 'totalSize' | 'digests' | 'onFileName'
> {
  /** Sent to the origin of every link that this client is asked for. The same as `request.username` and `password`. */
  readonly login?: Login;
  /** `name=value; name=value`, likewise. The same as `request.cookies`. */
  readonly cookies?: string;
  /** `http://…`, `socks5://…` or `none`. The same as `request.proxy`. */
  readonly proxy?: string;
  /** True: the calls share their cookies, in a jar of the client's own. The same as `cookieJar: new CookieJar()`. */
  readonly session?: boolean;
  /** For downloads to memory, and for those with `dest`. Undefined: no cache. */
  readonly cache?: CacheOption | undefined;
}
