/** Reads what an option names as `@FILE`, so that it need not stand on a command line, which others can read. */
import { wrongUsage, type Parsed } from './usage-error.ts';

interface RawSecretOptions {
  readonly header?: readonly string[];
  readonly user?: string;
  readonly proxyUser?: string;
}

/**
 * Of options that were typed alone: a list of links may come from another person, and must not send files of this
 * computer to a server.
 * @param readText reads a file; throws when it cannot
 */
export function withSecretFiles<W extends RawSecretOptions>(raw: W, readText: (path: string) => string): Parsed<W> {
  let reading = { option: '', path: '' };
  const linesOf = (option: string, text: string): readonly string[] => {
    if (!text.startsWith('@')) return [text];
    reading = { option, path: text.slice(1) };
    const lines = readText(reading.path)
      .replace(/^\uFEFF/u, '')
      .split(/\r\n|\r|\n/u);
    return lines.filter((line) => line.trim() !== '');
  };
  const { header, user, proxyUser } = raw;
  try {
    return {
      kind: 'ok',
      value: {
        ...raw,
        ...(header === undefined ? {} : { header: header.flatMap((line) => linesOf('--header', line)) }),
        ...(user === undefined ? {} : { user: linesOf('--user', user)[0] ?? '' }),
        ...(proxyUser === undefined ? {} : { proxyUser: linesOf('--proxy-user', proxyUser)[0] ?? '' }),
      },
    };
  } catch {
    return wrongUsage({ kind: 'file-unreadable', ...reading });
  }
}
