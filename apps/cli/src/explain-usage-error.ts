/** What is wrong with a command line, and how to put it right. */
import { defaultRetries } from './commands/get/request.ts';
import type { UsageError } from './arguments/usage-error.ts';
import { redactUrl } from '@sluice/host';
import { quote as quoteText } from './sentences.ts';

/** A value typed for another option may be a link with a login in it. */
function quote(text: string): string {
  return quoteText(/@|:\/\//.test(text) ? redactUrl(text) : text);
}

/** More ids would fill the screen. */
const mostIds = 3;

export function explainUsageError(usageError: UsageError): string {
  switch (usageError.kind) {
    case 'no-link':
      return 'There is no link. Give at least one, such as https://example.com/file.iso';
    case 'no-command':
      return `To download a link, write: sluice get ${quote(usageError.link)}`;
    case 'one-name-several-links':
      return `-o names one file, but there are ${usageError.links} links. Leave -o out, or use a pattern such as [1-9] in the link and -o 'file-#1.jpg'.`;
    case 'one-link-several-files':
      return `--link belongs to one file, but ${usageError.files} were named. Adopt them one by one.`;
    case 'name-empty':
      return '-o needs a name, for example: -o file.iso';
    case 'name-has-path':
      return `-o takes a name without folders. Give the folder with -d: -d ${quote(usageError.folder)} -o ${quote(usageError.name || 'NAME')}`;
    case 'pattern-range':
      return `${quote(usageError.range)} is not a valid range: write [1-9], [01-99:2] or [a-z], the smaller one first. If the text belongs to the link, use --no-glob.`;
    case 'too-many-links':
      return `One command takes at most ${usageError.most} links. Use several commands.`;
    case 'number':
      return `${usageError.option} takes a whole number from ${usageError.least} to ${usageError.most}, not ${quote(usageError.text)}.`;
    case 'seconds':
      return `${usageError.option} takes seconds from ${usageError.least} to ${usageError.most}, not ${quote(usageError.text)}.`;
    case 'connections':
      return `-c takes a whole number from 1 to 64, not ${quote(usageError.text)}.${connectionsHint(usageError.text)}`;
    case 'retries':
      return `--retries takes a whole number (${defaultRetries} unless given) or "forever", not ${quote(usageError.text)}.`;
    case 'network-wait':
      return `--wait-network takes a time such as 90s, 10m or 2h, 0 or "forever", not ${quote(usageError.text)}.`;
    case 'tries':
      return `--max-tries takes a whole number, 0 = retry forever, not ${quote(usageError.text)}.`;
    case 'rate':
      return `${usageError.option} takes bytes per second such as 500K, 2M or 1.5M, not ${quote(usageError.text)}.`;
    case 'header':
      return `--header takes "Name: value", not ${quote(headerName(usageError.text))}.`;
    case 'checksum':
      return '--checksum takes sha-256=HEX, any of md5, sha-1, sha-224, sha-256, sha-384 and sha-512, or the hex digits alone.';
    case 'yes-or-no':
      return `${usageError.option} takes true or false, not ${quote(usageError.text)}.`;
    case 'always-continues':
      return 'Sluice always resumes. To start from the beginning, choose another name with -o, or move the .sluice file away.';
    case 'request':
      return usageError.option.endsWith('proxy')
        ? `${usageError.option} takes http://HOST:PORT or socks5://HOST:PORT.`
        : `The value of ${usageError.option} is not valid. See: sluice get --help`;
    case 'no-password':
      return `${usageError.option} NAME asks for the password on a terminal, but there is no terminal. Set ${usageError.variable}, or name a file that holds NAME:PASSWORD: ${usageError.option} @FILE`;
    case 'file-unreadable':
      return `The file ${quote(usageError.path)} cannot be read. Check ${usageError.option}.`;
    case 'no-choice':
      return 'Choose one: --keep, --beside or --replace. See: sluice changed --help';
    case 'goes-with':
      return `${usageError.option} goes with ${usageError.other}: give both, or neither.`;
    case 'either-or':
      return `Only one of these can be used: leave out ${usageError.one} or ${usageError.other}.`;
    case 'list-unreadable':
      return `The list ${quote(usageError.path)} cannot be read. Check --input-file; - reads standard input.`;
    case 'import-unreadable':
      return `The file ${quote(usageError.path)} cannot be read. - reads standard input.`;
    case 'nothing-to-import':
      return 'There is no link in what was read. "sluice import --help" lists the formats.';
    case 'list-option':
      return `Line ${usageError.line} of the list: ${quote(usageError.name)} is not an option of a single link. The options are: ${usageError.known.join(', ')}.`;
    case 'none-selected':
      return `Which downloads? Name them by id, file name or link: sluice ${usageError.command} file.iso. Or use --all or --state; "sluice ls" shows the list.`;
    case 'all-and-some':
      return '--all means every download, so leave out either --all or the names.';
    case 'state':
      return `${quote(usageError.text)} is not a valid state. The states are: ${usageError.known.join(', ')}.`;
    case 'no-such-download':
      return `There is no download ${quote(usageError.word)} on the list. It takes an id, a file name or a link; "sluice ls" shows them.`;
    case 'several-downloads':
      return `${quote(usageError.word)} matches ${usageError.ids.length} downloads. Give the id of one: ${usageError.ids.slice(0, mostIds).join(', ')}${usageError.ids.length > mostIds ? '…' : ''}`;
    case 'nothing-to-set':
      return 'No change was given. --help lists the options.';
    case 'queue-name':
      return `A queue needs a name of 1 to 100 letters, not ${quote(usageError.text.slice(0, 40))}.`;
    case 'no-such-queue':
      return `There is no queue ${quote(usageError.word)}. The queues are: ${usageError.known.map(quote).join(', ')}. Create one: sluice queue add NAME`;
    case 'main-stays':
      return 'The queue Main cannot be removed. "sluice queue pause Main" keeps its downloads from starting.';
    case 'schedule':
      return `${quote(usageError.text)} is not a valid schedule. Write 'mon-fri 22:00-06:00', 'sat,sun 00:00-24:00' or 'daily 01:00-05:00', or always.`;
    case 'no-cache':
      return `There is no cache in ${quote(usageError.folder)}: it has no index.sqlite. Programs create one with the option "cache" of the library.`;
    case 'no-cached-named':
      return 'Name the links or keys to remove; "sluice cache list FOLDER" shows them. Or use --all.';
    case 'not-cached':
      return `The cache has nothing for ${quote(usageError.word)}. "sluice cache list FOLDER" shows its content.`;
    case 'duration':
      return `--unused-for takes a time such as 30d, 12h or 90m, not ${quote(usageError.text)}.`;
    case 'size':
      return `${usageError.option} takes a size such as 500M or 2G, not ${quote(usageError.text)}.`;
    case 'setting-name':
      return `There is no setting ${quote(usageError.text)}. The settings are: ${usageError.known.join(', ')}.`;
    case 'setting-value':
      return `${usageError.name} takes ${usageError.accepted}, not ${quote(usageError.text)}.`;
    case 'port':
      return `--port takes a whole number from 0 to 65535, not ${quote(usageError.text)}.`;
    case 'no-server':
      return 'No server runs on that list. Start one with "sluice serve", or name its folder with --data-folder.';
    case 'no-such-session':
      return `No browser is signed in as ${quote(usageError.word)}. "sluice sessions" lists them.`;
    case 'ui-missing':
      return usageError.given
        ? `There is no web interface in ${quote(usageError.folder)}: it has no index.html. Check --ui.`
        : 'The web interface has not been built. Build it with "pnpm --filter @sluice/cli build", or name its folder with --ui.';
    default:
      return usageError satisfies never;
  }
}

/** In aria2 and curl these letters mean other options. */
function connectionsHint(text: string): string {
  if (/^(?:https?:|-)/i.test(text)) return ' Resuming needs no option: sluice always resumes.';
  return /^(?:socks|\w+:\d)/i.test(text) ? ' A proxy is given with --proxy.' : '';
}

/** The part before the colon: the value may be a password. */
function headerName(text: string): string {
  return text.includes(':') ? `${text.slice(0, text.indexOf(':'))}: …` : text.slice(0, 40);
}
