/** What scripts for aria2, curl and wget write and sluice spells otherwise: rewritten where it means the same, explained where not. */

/** Their value is told after `=` alone, and is `true` when it is left out. */
const answers: ReadonlySet<string> = new Set(['--check-certificate', '--continue']);

/** @param words what follows the name of a command that takes links */
export function respell(words: readonly string[]): readonly string[] {
  return words.map((word) => {
    if (answers.has(word)) return `${word}=true`;
    // Without hosts the option is one of ours.
    return word.startsWith('--no-proxy=') ? word.replace('--no-proxy=', '--direct=') : word;
  });
}

const neverOver = 'Sluice never writes over a file: a name that is taken gets a number.';
const noTorrents = 'Sluice fetches files by link; it does not read torrents or metalinks.';
const always = 'Sluice always does that.';
const knowsBest = 'Sluice finds out by itself what pays.';
const fromServe = 'For a list of downloads that programs can steer, see: sluice serve --help';

const advice: Readonly<Record<string, string>> = {
  '--allow-overwrite': neverOver,
  '--auto-file-renaming': neverOver,
  '--always-resume': always,
  '--conditional-get': neverOver,
  '-C': always,
  '--continue-at': always,
  '--file-allocation': 'Files are laid out at their full size without writing to them first.',
  '--min-split-size': knowsBest,
  '--piece-length': knowsBest,
  '--disk-cache': knowsBest,
  '--uri-selector': knowsBest,
  '--stream-piece-selector': knowsBest,
  '-P': 'Patterns such as [1-9] need no option. A folder is given with -d.',
  '--parameterized-uri': 'Patterns such as [1-9] need no option.',
  '-Z': 'Each link is a file of its own. Further links to one file are given with --mirror.',
  '--force-sequential': 'Each link is a file of its own. Further links to one file are given with --mirror.',
  '-L': 'Sluice follows redirects always.',
  '--location': 'Sluice follows redirects always.',
  '-O': 'Files get the name that the server or the link gives them; -o gives another.',
  '--remote-name': 'Files get the name that the server or the link gives them; -o gives another.',
  '-J': always,
  '--remote-header-name': always,
  '--output-dir': 'The folder is given with -d.',
  '--directory-prefix': 'The folder is given with -d.',
  '--output-document': 'The name is given with -o.',
  '--tries': 'Attempts are given with --retries.',
  '-b': 'Cookies are given with --cookie or --load-cookies.',
  '-e': 'The page a link was found on is given with --referer.',
  '--no-check-certificate': 'That is --insecure here.',
  '-T': noTorrents,
  '--torrent-file': noTorrents,
  '--follow-torrent': noTorrents,
  '-M': noTorrents,
  '-D': fromServe,
  '--daemon': fromServe,
  '--enable-rpc': fromServe,
  '--save-session': 'The partial is kept beside the file; the same command resumes it.',
  '--log': 'Standard output and --json tell all there is to tell.',
  '--conf-path': 'There is no file of options to name; for the list of downloads see: sluice config --help',
  '--no-conf': 'There is no file of options to leave out.',
};

const families: readonly (readonly [start: RegExp, advice: string])[] = [
  [/^--(?:bt|dht|peer|seed|enable-dht|enable-peer)\b/, noTorrents],
  [/^--(?:metalink|follow-metalink)\b/, noTorrents],
  [/^--rpc\b/, fromServe],
];

/** @returns the advice about an unknown option, or null */
export function adviceFor(option: string): string | null {
  const [name = ''] = option.split('=');
  return advice[name] ?? families.find(([start]) => start.test(name))?.[1] ?? null;
}
