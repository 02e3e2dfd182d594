/** The words of the command line: commands, options and help. */
import { Command, CommanderError } from 'commander';
import { defaultRetries, type GetWords, readGetRequest } from './arguments/get-request.ts';
import type { Mistake, Parsed } from './arguments/mistake.ts';
import { readServeRequest, type ServeWords } from './arguments/serve-request.ts';
import { type ExitCode, exitCodes, exitMeanings, type ExitKind } from './exit-codes.ts';
import { explainMistake } from './sentences.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

/** @param words what follows the name of the program */
export async function runProgram(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const [first = ''] = words;
  if (/^https?:/i.test(first)) {
    surroundings.error(`${mistakeLine({ kind: 'no-command', link: first })}\n`);
    return exitCodes.usage;
  }
  let exitCode: ExitCode = exitCodes.usage;
  const program = describe(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has written what is wrong, or the help or version that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    throw error;
  }
}

function describe(surroundings: Surroundings, end: (exitCode: ExitCode) => void): Command {
  const program = new Command('sluice')
    .description('Download files over as many connections as the server rewards, and pick up where anything left off.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('See: sluice --help')
    .configureOutput({
      writeOut: (text) => surroundings.out(text),
      writeErr: (text) => surroundings.error(text.replace(/^error: /, 'sluice: ')),
    })
    .exitOverride();

  program
    .command('get')
    .description('fetch links into files')
    .argument('[links...]', 'http:// or https:// links; quote those with & or ?')
    .option('-i, --input <file>', 'also fetch the links in that file, one a line; - reads standard input')
    .option('-d, --dir <folder>', 'put the files there (default: the current folder)')
    .option('-o, --output <name>', 'name the file; for one link only')
    .option(
      '-c, --connections <number>',
      'use at most so many connections for a file, 1 to 64 (default: what pays, up to 16)',
    )
    .option('--limit-rate <rate>', 'bytes per second for all files together: 500K, 2M (K = 1024)')
    .option('-H, --header <line>', 'send "Name: value" to the server of the link; may be repeated', collect)
    .option('--referer <link>', 'name the page that the link was found on')
    .option('--user-agent <text>', 'say that another program is asking')
    .option('--cookie <pairs>', 'send "name=value; name=value" to the host of the link')
    .option('--load-cookies <file>', 'send the cookies of a cookies.txt, each where it belongs')
    .option('-u, --user <login>', 'sign in as "name:password" (Basic or Digest, as the server asks)')
    .option('--no-netrc', 'do not look for a login in ~/.netrc')
    .option('--proxy <link>', 'go through http://HOST:PORT or socks5://HOST:PORT (default: as the environment says)')
    .option('--no-proxy', 'go straight to the server')
    .option('--ca-certificate <file>', 'also trust the authorities of that PEM file')
    .option('--certificate <file>', 'show that PEM certificate to the server, with --key')
    .option('--key <file>', 'the PEM key of --certificate')
    .option('-k, --insecure', 'take any certificate: whoever is in between can read and change everything')
    .option('-4, --ipv4', 'use IPv4 only')
    .option('-6, --ipv6', 'use IPv6 only')
    .option('--data <text>', 'send a form with POST; @FILE sends what is in that file')
    .option('--content-type <type>', 'what --data is (default: application/x-www-form-urlencoded)')
    .option('--mirror <link>', 'another link to the same file, for when the first fails; may be repeated', collect)
    .option(
      '--retries <number>',
      `give up after so many failed attempts in a row, or "forever" (default: ${defaultRetries})`,
    )
    .option('--json', 'print one JSON object a line')
    .option('-q, --quiet', 'print only what goes wrong')
    .addHelpText('after', getHelp)
    .action(async (links: string[], words: GetWords) => {
      const request = accept(readGetRequest(links, words, surroundings.workingFolder), surroundings);
      if (request === null) return;
      const { runGet } = await import('./get/run-get.ts');
      end(await runGet(request, surroundings));
    });

  program
    .command('serve')
    .description('open the list of downloads to a browser on this computer')
    .option('-p, --port <number>', 'listen there; 0 takes any free port')
    .option('--folder <folder>', 'put files there (default: your downloads folder)')
    .option('--data <folder>', 'keep the list and the settings there')
    .option('--ui <folder>', 'serve the web interface of that folder')
    .action(async (words: ServeWords) => {
      const request = accept(readServeRequest(words, surroundings.workingFolder), surroundings);
      if (request === null) return;
      const { runServe } = await import('./serve/run-serve.ts');
      end(await runServe(request, surroundings));
    });

  return program;
}

/** Says what is wrong with a command line; the exit code is that of wrong use then. */
function accept<T>(parsed: Parsed<T>, surroundings: Surroundings): T | null {
  if (parsed.kind === 'ok') return parsed.value;
  surroundings.error(`${mistakeLine(parsed.mistake)}\n`);
  return null;
}

function mistakeLine(mistake: Mistake): string {
  return `sluice: ${explainMistake(mistake)}`;
}

function collect(line: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), line];
}

const getHelp = `
A download that was stopped goes on from where it was when the same command is run again: what has arrived
lies in the folder as NAME.sluice until it is whole.

Examples:
  sluice get https://example.com/file.iso
  sluice get -d ~/Downloads -c 8 https://example.com/a.iso https://example.com/b.iso
  sluice get --json https://example.com/file.iso | jq .download.receivedBytes

Exit codes:
${(Object.keys(exitMeanings) as ExitKind[]).map((kind) => `  ${String(exitCodes[kind]).padStart(3)}  ${exitMeanings[kind]}`).join('\n')}

Of several downloads that failed, the first one given decides.`;
