/** What is wrong with a command line, and how to put it right. */
import { defaultRetries } from './commands/get/request.ts';
import type { Mistake } from './arguments/mistake.ts';
import { redactUrl } from '@sluice/host';
import { quote as quoteText } from './sentences.ts';

/** What was typed for something else may be a link with a login in it. */
function quote(text: string): string {
  return quoteText(/@|:\/\//.test(text) ? redactUrl(text) : text);
}

/** More would fill the screen. */
const mostIds = 3;

export function explainMistake(mistake: Mistake): string {
  switch (mistake.kind) {
    case 'no-link':
      return 'There is no link. Give at least one, such as https://example.com/file.iso';
    case 'no-command':
      return `To fetch a link, say so: sluice get ${quote(mistake.link)}`;
    case 'one-name-several-links':
      return `-o names one file, and there are ${mistake.links} links. Leave -o out, or say where they differ: with a pattern such as [1-9] in the link, -o 'file-#1.jpg' does.`;
    case 'one-link-several-files':
      return `--link is of one file, and ${mistake.files} were named. Adopt them one by one.`;
    case 'name-empty':
      return '-o needs a name, for example: -o file.iso';
    case 'name-has-path':
      return `-o takes a name without folders. Give the folder with -d: -d ${quote(mistake.folder)} -o ${quote(mistake.name || 'NAME')}`;
    case 'pattern-range':
      return `${quote(mistake.range)} is no range: write [1-9], [01-99:2] or [a-z], the smaller one first. If the link holds it as it is, use --no-glob.`;
    case 'too-many-links':
      return `One command takes up to ${mistake.most} links, and these are more. Split them over several.`;
    case 'number':
      return `${mistake.option} takes a whole number from ${mistake.least} to ${mistake.most}, and ${quote(mistake.text)} is not one.`;
    case 'seconds':
      return `${mistake.option} takes seconds from ${mistake.least} to ${mistake.most}, not ${quote(mistake.text)}.`;
    case 'connections':
      return `-c takes a whole number from 1 to 64, and ${quote(mistake.text)} is not one.${connectionsHint(mistake.text)}`;
    case 'retries':
      return `--retries takes a whole number (${defaultRetries} unless given) or "forever", and ${quote(mistake.text)} is neither.`;
    case 'network-wait':
      return `--wait-network takes a time such as 90s, 10m or 2h, 0 or "forever", not ${quote(mistake.text)}.`;
    case 'tries':
      return `--max-tries takes a whole number, 0 for no end, and ${quote(mistake.text)} is not one.`;
    case 'rate':
      return `${mistake.option} takes bytes per second such as 500K, 2M or 1.5M, and ${quote(mistake.text)} is not one.`;
    case 'header':
      return `--header takes "Name: value", and ${quote(headerName(mistake.text))} is not one.`;
    case 'checksum':
      return '--checksum takes sha-256=HEX, any of md5, sha-1, sha-224, sha-256, sha-384 and sha-512, or the hex digits alone.';
    case 'yes-or-no':
      return `${mistake.option} takes true or false, and ${quote(mistake.text)} is neither.`;
    case 'always-continues':
      return 'What has arrived is always gone on with. To start from the beginning, choose another name with -o, or move the .sluice file away.';
    case 'request':
      return mistake.option.endsWith('proxy')
        ? `${mistake.option} takes http://HOST:PORT or socks5://HOST:PORT, and was given something else.`
        : `What ${mistake.option} was given cannot be used. See: sluice get --help`;
    case 'no-password':
      return `${mistake.option} NAME asks for the password on a terminal, and got none. Set ${mistake.variable}, or name a file that holds NAME:PASSWORD: ${mistake.option} @FILE`;
    case 'file-unreadable':
      return `The file ${quote(mistake.path)} cannot be read. Check ${mistake.option}.`;
    case 'no-choice':
      return 'Say what to do about the change: --keep, --beside or --replace. See: sluice changed --help';
    case 'goes-with':
      return `${mistake.option} goes with ${mistake.other}: give both, or neither.`;
    case 'either-or':
      return `One excludes the other: leave out ${mistake.one} or ${mistake.other}.`;
    case 'list-unreadable':
      return `The list ${quote(mistake.path)} cannot be read. Check --input-file; - reads standard input.`;
    case 'list-option':
      return `Line ${mistake.line} of the list: ${quote(mistake.name)} is nothing that can be said of one link. These can: ${mistake.known.join(', ')}.`;
    case 'none-selected':
      return `Which downloads? Name them by id, file name or link: sluice ${mistake.command} file.iso. Or use --all or --state; "sluice ls" shows the list.`;
    case 'all-and-some':
      return '--all means every download, so leave out either --all or the names.';
    case 'state':
      return `${quote(mistake.text)} is no state. These are: ${mistake.known.join(', ')}.`;
    case 'no-such-download':
      return `There is no download ${quote(mistake.word)} on the list. It takes an id, a file name or a link; "sluice ls" shows them.`;
    case 'several-downloads':
      return `${quote(mistake.word)} means ${mistake.ids.length} downloads. Give the id of one: ${mistake.ids.slice(0, mostIds).join(', ')}${mistake.ids.length > mostIds ? '…' : ''}`;
    case 'nothing-to-set':
      return 'There is nothing to change. Say what with one of the options; --help lists them.';
    case 'queue-name':
      return `A queue needs a name of 1 to 100 letters, and ${quote(mistake.text.slice(0, 40))} is none.`;
    case 'no-such-queue':
      return `There is no queue ${quote(mistake.word)}. These are: ${mistake.known.map(quote).join(', ')}. Make one: sluice queue add NAME`;
    case 'main-stays':
      return 'Main is the queue that is always there and cannot be removed. "sluice queue pause Main" lets nothing in it start.';
    case 'schedule':
      return `${quote(mistake.text)} are no hours of a week. Write 'mon-fri 22:00-06:00', 'sat,sun 00:00-24:00' or 'daily 01:00-05:00', or always.`;
    case 'no-cache':
      return `There is no cache in ${quote(mistake.folder)}: it has no index.sqlite. Programs make one with the option "cache" of the library.`;
    case 'no-cached-named':
      return 'Remove what? Name links or keys; "sluice cache list FOLDER" shows them. Or use --all.';
    case 'not-cached':
      return `Nothing is kept for ${quote(mistake.word)}. "sluice cache list FOLDER" shows what is.`;
    case 'duration':
      return `--unused-for takes a time such as 30d, 12h or 90m, and ${quote(mistake.text)} is not one.`;
    case 'size':
      return `${mistake.option} takes a size such as 500M or 2G, and ${quote(mistake.text)} is not one.`;
    case 'setting-name':
      return `There is no setting ${quote(mistake.text)}. These are: ${mistake.known.join(', ')}.`;
    case 'setting-value':
      return `${mistake.name} takes ${mistake.accepted}, and ${quote(mistake.text)} is not that.`;
    case 'port':
      return `--port takes a whole number from 0 to 65535, and ${quote(mistake.text)} is not one.`;
    case 'no-server':
      return 'No server runs on that list. Start one with "sluice serve", or name its folder with --data-folder.';
    case 'no-such-session':
      return `No browser is signed in as ${quote(mistake.word)}. "sluice sessions" lists them.`;
    case 'ui-missing':
      return mistake.given
        ? `There is no web interface in ${quote(mistake.folder)}: it has no index.html. Check --ui.`
        : 'The web interface has not been built. Build it with "pnpm --filter @sluice/cli build", or name its folder with --ui.';
    default:
      return mistake satisfies never;
  }
}

/** In aria2 and curl other things stand behind these letters. */
function connectionsHint(text: string): string {
  if (/^(?:https?:|-)/i.test(text)) return ' To go on with what has arrived takes no option: sluice always does.';
  return /^(?:socks|\w+:\d)/i.test(text) ? ' A proxy is given with --proxy.' : '';
}

/** The part before the colon: the value may be a password. */
function headerName(text: string): string {
  return text.includes(':') ? `${text.slice(0, text.indexOf(':'))}: …` : text.slice(0, 40);
}
