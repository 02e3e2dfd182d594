/** The options of curl: which take a value, and which say how a download is asked for. */

export type CurlMeaning =
  | 'url'
  | 'header'
  | 'cookie'
  | 'user-agent'
  | 'referer'
  | 'user'
  | 'method'
  | 'head'
  | 'data'
  | 'data-raw'
  | 'data-urlencode'
  | 'get'
  | 'output'
  /** Says nothing that a download needs to be told. */
  | 'ignored'
  /** Takes a value and is not taken along. */
  | 'left-out';

interface CurlOption {
  readonly takesValue: boolean;
  readonly meaning: CurlMeaning;
}

const meanings: Readonly<Partial<Record<CurlMeaning, string>>> = {
  url: 'url',
  header: 'H header',
  cookie: 'b cookie',
  'user-agent': 'A user-agent',
  referer: 'e referer',
  user: 'u user',
  method: 'X request',
  data: 'd data data-ascii data-binary',
  'data-raw': 'data-raw',
  'data-urlencode': 'data-urlencode',
  output: 'o output',
  'left-out':
    'F form form-string T upload-file x proxy U proxy-user E cert key cacert capath c cookie-jar K config C continue-at ' +
    'r range z time-cond w write-out m max-time y speed-time Y speed-limit D dump-header Q quote t telnet-option P ' +
    'ftp-port resolve connect-to interface dns-servers ciphers tls-max limit-rate retry retry-delay retry-max-time ' +
    'connect-timeout max-redirs max-filesize noproxy proxy-header socks5 socks5-hostname socks4 socks4a preproxy oauth2-bearer ' +
    'aws-sigv4 unix-socket stderr trace trace-ascii output-dir json keepalive-time local-port pinnedpubkey cert-type key-type pass',
};

const flags: Readonly<Partial<Record<CurlMeaning, string>>> = {
  head: 'I head',
  get: 'G get',
  ignored:
    'L location location-trusted compressed s silent S show-error f fail fail-with-body v verbose g globoff O remote-name ' +
    'J remote-header-name N no-buffer i include 0 http1.0 http1.1 http2 http2-prior-knowledge http3 # progress-bar ' +
    'no-progress-meter create-dirs remote-time R path-as-is no-keepalive tr-encoding',
  'left-out':
    'k insecure 4 ipv4 6 ipv6 n netrc basic digest ntlm negotiate anyauth proxy-insecure proxytunnel p q disable Z parallel tlsv1.0 ' +
    'tlsv1.1 tlsv1.2 tlsv1.3 ssl-reqd ssl raw next',
};

const options: ReadonlyMap<string, CurlOption> = new Map([...entries(meanings, true), ...entries(flags, false)]);

function entries(table: Readonly<Partial<Record<CurlMeaning, string>>>, takesValue: boolean): [string, CurlOption][] {
  return Object.entries(table).flatMap(([meaning, names]) =>
    names.split(' ').map((name): [string, CurlOption] => [name, { takesValue, meaning: meaning as CurlMeaning }]),
  );
}

/** @param name without its dashes */
export function curlOption(name: string): CurlOption | undefined {
  return options.get(name);
}
