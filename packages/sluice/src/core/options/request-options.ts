/** How a link is asked for, as the library shows it: the contract's own shape, without the library that checks it. */

export interface ClientCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  readonly passphrase?: string | undefined;
}

/** Every field may be left out. */
export interface RequestOptions {
  readonly referer?: string | undefined;
  /** Default: the program and its version. */
  readonly userAgent?: string | undefined;
  /** `name=value; name=value`, for the host of the link and no other. */
  readonly cookies?: string | undefined;
  /** The text of a cookies.txt; each cookie goes where its line says. */
  readonly cookieFile?: string | undefined;
  /** For the link's own origin (Basic or Digest); they win over a user name and password inside the link. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** `http://…`, `socks5://…` or `socks5h://…`; `none` goes straight. Default: what the environment says. */
  readonly proxy?: string | undefined;
  /** PEM, trusted beside the system's authorities. */
  readonly certificateAuthority?: string | undefined;
  /** Takes a web page also where the link names what no page is, as `.zip` does; else that is `page-instead-of-file`. */
  readonly acceptPage?: boolean | undefined;
  /** With which this side proves who it is. */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Takes any certificate. */
  readonly insecure?: boolean | undefined;
  readonly ipFamily?: 'any' | 'ipv4' | 'ipv6' | undefined;
  /** Default GET. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined;
  /** Sent with POST, PUT, PATCH or DELETE. */
  readonly body?: string | undefined;
  /** How `body` holds its bytes: `base64` for those that are no text. Default `utf-8`. */
  readonly bodyEncoding?: 'utf-8' | 'base64' | undefined;
  /** Default `application/x-www-form-urlencoded`. */
  readonly contentType?: string | undefined;
  /** Further links to the same file: used once they proved equal, and instead of the link when it fails. */
  readonly mirrors?: readonly string[] | undefined;
  /**
   * Which way to the bytes; `curl`, the system's program, alone fetches ftp, ftps, sftp and scp links. Default `auto`.
   */
  readonly backend?: 'auto' | 'socket' | 'undici' | 'curl' | undefined;
}
