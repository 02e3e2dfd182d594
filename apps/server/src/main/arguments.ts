/** Reads the command line of the server. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type Arguments =
  | { readonly kind: 'serve'; readonly options: ServeOptions }
  | SessionsRequest
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly sentence: string };

/** About the browsers that are signed in, whether a server runs or not. */
export interface SessionsRequest {
  readonly kind: 'sessions';
  /** `link` makes a new one-time link; otherwise the id of a session, or `all`. */
  readonly action: 'list' | 'link' | { readonly revoke: string };
  /** Absolute; null: where the system keeps programs' data. */
  readonly dataFolder: string | null;
}

export interface ServeOptions {
  /** Links to add on start, unjudged. */
  readonly urls: readonly string[];
  /** Null: the usual one, or a free one when that is taken. */
  readonly port: number | null;
  readonly address: string;
  readonly allowRemote: boolean;
  /** Absolute; null: where the system keeps downloads. */
  readonly downloadFolder: string | null;
  /** Absolute; null: where the system keeps programs' data. */
  readonly dataFolder: string | null;
  readonly openBrowser: boolean;
}

export const helpText = `Usage: sluice-server [options] [URL…]

Downloads files and shows them in your browser. Links given here are added on start.

  --folder FOLDER   put files here; the browser cannot choose one outside it
  --data FOLDER     keep the list, the log and the sign-ins here
  --port N          listen on this port; 0 takes a free one
  --address A       listen on this address (127.0.0.1)
  --allow-remote    let --address be one that other machines can reach; the key to this
                    server then travels in clear: use it in a network that you trust
  --no-open         do not open a browser
  --link            print a link that signs in one more browser, once, where a server runs
  --sessions        list the browsers that are signed in
  --revoke ID       sign one of them out; --revoke all: every one
  --help, --version
`;

/** @param argv without the program and the script */
export function readArguments(argv: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/(?<=\.) /, 1);
    return { kind: 'wrong', sentence };
  }
  const { values, positionals: urls } = parsed;
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const dataFolder = values.data === undefined ? null : resolve(values.data);
  if (values.revoke !== undefined) return { kind: 'sessions', action: { revoke: values.revoke }, dataFolder };
  if (values.sessions || values.link) {
    return { kind: 'sessions', action: values.link ? 'link' : 'list', dataFolder };
  }
  const port = values.port === undefined ? null : readPort(values.port);
  if (port === undefined) {
    return { kind: 'wrong', sentence: `--port wants a number from 0 to 65535, not "${values.port}".` };
  }
  return {
    kind: 'serve',
    options: {
      urls,
      port,
      address: values.address,
      allowRemote: values['allow-remote'],
      downloadFolder: values.folder === undefined ? null : resolve(values.folder),
      dataFolder,
      openBrowser: !values['no-open'],
    },
  };
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      address: { type: 'string', default: '127.0.0.1' },
      'allow-remote': { type: 'boolean', default: false },
      folder: { type: 'string' },
      data: { type: 'string' },
      link: { type: 'boolean', default: false },
      sessions: { type: 'boolean', default: false },
      revoke: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
}

function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}
