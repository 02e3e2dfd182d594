/** The options that say which links are meant and how they are fetched, for every command that takes links. */
import { backendSchema } from '@sluice/contract';
import { type Command, Option } from 'commander';
import { onChangedChoices } from '../commands/get/request.ts';
import { collect, OptionAlias } from './option-alias.ts';

export function addLinkOptions(command: Command): Command {
  command
    .argument('[links...]', 'http, https, ftp, ftps, sftp or scp links; quote those with &, ?, [ or {')
    .optionsGroup('Links and files:')
    .option(
      '-i, --input-file <file>',
      'also fetch the links in this file: a list with one per line, Metalink, HAR, cURL commands, HTML…; - reads standard input',
      collect,
    )
    .option('--no-glob', 'take [1-9] and {a,b} in a link literally')
    .option('-d, --dir <folder>', 'save files in this folder')
    .option('-o, --out <name>', 'name the file; #1 is what the first pattern in the link stands for')
    .option('--checksum <sum>', 'finish the file only if its checksum matches: sha-256=HEX, md5=HEX…')
    .option('--no-find-checksum', 'do not look for a checksum that is published beside the file')
    .option('--verify', 'read the file back from the disk before it gets its name')
    .option('--mirror <link>', 'another link to the same file; may be repeated', collect)
    .addOption(new OptionAlias('--input <file>', '--input-file', 'inputFile').argParser(collect))
    .addOption(new OptionAlias('--output <name>', '--out', 'out'));
  command
    .optionsGroup('Speed:')
    .option(
      '-c, --connections <number>',
      'most connections per file, 1 to 64 (default: chosen by measured gain, at most 16)',
    )
    .option('--max-download-limit <rate>', 'bytes per second for each file')
    .addOption(new OptionAlias('-x, --max-connection-per-server <number>', '--connections', 'connections'))
    .addOption(new OptionAlias('-s, --split <number>', '--connections; of two the smaller', 'split'));
  return addRequestOptions(command);
}

function addRequestOptions(command: Command): Command {
  command
    .optionsGroup('Request:')
    .option(
      '-H, --header <line>',
      'send "Name: value" to the server of the link; @FILE sends the lines of a file; may be repeated',
      collect,
    )
    .option('--referer <link>', 'Referer field to send')
    .option('-U, --user-agent <text>', 'User-Agent field to send')
    .option('--cookie <pairs>', 'send "name=value; name=value" to the host of the link')
    .option('--load-cookies <file>', 'send the cookies of a cookies.txt, each where it belongs')
    .option(
      '-u, --user <login>',
      'sign in as NAME (Basic or Digest, as the server asks): asks for the password, or takes it from SLUICE_PASSWORD; @FILE holds NAME:PASSWORD',
    )
    .option('--no-netrc', 'do not read logins from ~/.netrc')
    .option('--data <text>', 'send a form with POST; @FILE sends what is in that file')
    .option('--content-type <type>', 'media type of --data (default: application/x-www-form-urlencoded)')
    .addOption(new OptionAlias('--http-user <name>', 'the name of --user', 'httpUser'))
    .addOption(new OptionAlias('--http-passwd <password>', 'the password of --user', 'httpPasswd'));
  command
    .optionsGroup('Proxy and TLS:')
    .option(
      '--proxy <link>',
      'proxy for all links: http://HOST:PORT or socks5://HOST:PORT (default: from the environment)',
    )
    .option('--http-proxy <link>', 'proxy for http:// links')
    .option('--https-proxy <link>', 'proxy for https:// links')
    .option(
      '--proxy-user <login>',
      'sign in to the proxy as NAME: asks for the password, or takes it from SLUICE_PROXY_PASSWORD; @FILE holds NAME:PASSWORD',
    )
    .option('--no-proxy', 'use no proxy')
    .option('--direct <hosts>', 'use no proxy for these hosts and their subdomains: a.com,b.org')
    .option('--ca-certificate <file>', 'also trust the certificate authorities in this PEM file')
    .option('--certificate <file>', 'client certificate (PEM), with --key')
    .option('--key <file>', 'private key (PEM) of --certificate')
    .option('-k, --insecure', 'skip TLS certificate verification (insecure)')
    .option('--accept-page', 'save a web page even if the link names an archive, a program or an image')
    .option('-4, --ipv4', 'use IPv4 only')
    .option('-6, --ipv6', 'use IPv6 only')
    .addOption(
      new Option(
        '--backend <name>',
        'backend to fetch with (default: socket for http, curl for ftp, sftp and scp)',
      ).choices(backendSchema.options),
    )
    .addOption(new OptionAlias('--all-proxy <link>', '--proxy', 'proxy'))
    .addOption(new OptionAlias('--private-key <file>', '--key', 'key'))
    .addOption(new OptionAlias('--check-certificate <answer>', 'false is --insecure', 'checkCertificate'))
    .addOption(new OptionAlias('--continue <answer>', 'accepted and ignored: Sluice always resumes', 'continue'));
  return command;
}

/** For commands that end when the files are there. */
export function addFetchOptions(command: Command): Command {
  return command
    .addOption(
      new Option('-j, --max-concurrent-downloads <number>', 'number of files to fetch at the same time').helpGroup(
        'Speed:',
      ),
    )
    .addOption(
      new Option('--limit-rate <rate>', 'bytes per second for all files together: 500K, 2M (K = 1024)').helpGroup(
        'Speed:',
      ),
    )
    .addOption(new OptionAlias('--max-overall-download-limit <rate>', '--limit-rate', 'limitRate'))
    .addOption(
      new Option('--retry-wait <seconds>', 'wait after the first failure; each further failure doubles it').helpGroup(
        'Retries and timeouts:',
      ),
    )
    .addOption(
      new Option(
        '--on-changed <what>',
        'when the file on the server has changed: fetch the new version, and delete the old part once that is finished (new); fail and touch nothing (keep); fetch it into another file (beside)',
      )
        .choices(onChangedChoices)
        .default('new')
        .helpGroup('Retries and timeouts:'),
    )
    .addOption(
      new Option(
        '--wait-network <time>',
        'longest wait for a network that is away, or "forever"; it uses up no retries (default: 10m)',
      ).helpGroup('Retries and timeouts:'),
    )
    .optionsGroup('Finished files:')
    .option('--skip-present', 'skip links whose finished files exist, by the name from --out, the link or the server')
    .option('--no-server-time', 'set the file time to that of the download, not that of the server')
    .option('--no-mark-origin', 'do not record the origin in extended attributes');
}

/** @param usual how many there are when nothing is said */
export function addRetryOptions(command: Command, usual: string): Command {
  return command
    .optionsGroup('Retries and timeouts:')
    .option(
      '--retries <number>',
      `give up after this number of consecutive failed retries, or "forever" (default: ${usual})`,
    )
    .option('-t, --timeout <seconds>', 'longest time without data from the server')
    .option('--connect-timeout <seconds>', 'longest time until the server answers')
    .addOption(new OptionAlias('-m, --max-tries <number>', 'one more than --retries; 0 is forever', 'maxTries'));
}

export function addDryRunOption(command: Command): Command {
  return command.option(
    '--dry-run',
    'ask each server once, print what would be fetched, and write nothing (uses up a link that works only once)',
  );
}

/** @param quiet whether the command says anything that can be left out */
export function addOutputOptions(command: Command, quiet = true): Command {
  command.optionsGroup('Output:').option('--json', 'print one JSON object per line');
  return quiet ? command.option('-q, --quiet', 'print only errors') : command;
}
