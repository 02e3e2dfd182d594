/** Command lines that are wrong, run in this process: nothing is downloaded, and each is told how to put it right. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Origin, startOrigin } from '@sluice/testkit/origin';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../src/program.ts';
import { contextIn } from './support/cli-context.ts';

let origin: Origin;
let folder: string;

beforeEach(async () => {
  origin = await startOrigin();
  origin.serve('/a.bin', { seed: 1, sizeBytes: 1 });
  folder = await mkdtemp(join(tmpdir(), 'sluice-program-'));
});

afterEach(async () => {
  await origin.close();
  await rm(folder, { recursive: true });
});

const listCommands = ['add', 'ls', 'watch', 'pause', 'resume', 'retry', 'rm', 'set', 'info', 'adopt'];

/** The list of downloads is kept in the test's own folder. */
function withOwnList(words: readonly string[]): readonly string[] {
  const [command = ''] = words;
  const takesList = listCommands.includes(command) || (['config', 'queue'].includes(command) && words.length > 1);
  return takesList && !words.includes('-h') ? [...words, '--data-folder', 'data'] : words;
}

async function run(words: readonly string[]) {
  const { context, written } = contextIn(folder);
  const exitCode = await runProgram(withOwnList(words), context);
  return { exitCode, ...written };
}

describe('wrong use ends with 2, downloads nothing and says how to put it right', () => {
  test.each<[string, readonly string[], string]>([
    ['nothing at all', [], 'Usage: sluice'],
    ['no link', ['get'], 'Give at least one, such as https://'],
    ['no link to add', ['add'], 'Give at least one, such as https://'],
    ['a link without the command', ['LINK'], 'write: sluice get http://'],
    ['a slip in the scheme', ['get', 'htp://example.com/a', 'LINK'], 'Did you mean http://example.com/a?'],
    ['no scheme', ['get', 'example.com/a', 'LINK'], 'Did you mean https://example.com/a?'],
    ['another scheme', ['get', 'nfs://example.com/a', 'LINK'], 'Sluice cannot fetch this kind of link'],
    ['a folder', ['get', 'ftp://example.com/a/', 'LINK'], 'leads to a folder'],
    ['a way that cannot', ['get', '--backend', 'socket', 'ftp://example.com/a'], 'socket cannot fetch ftp links'],
    ['a way nobody knows', ['get', '--backend', 'carrier-pigeon', 'LINK'], '--backend'],
    ['no link at all', ['get', 'what is this', 'LINK'], 'This is not a link'],
    ['a name with a folder', ['get', '-o', 'a/b', 'LINK'], '-d a -o b'],
    ['a name that climbs', ['get', '-o', '../b', 'LINK'], '-d .. -o b'],
    ['one name for two links', ['get', '-o', 'a', 'LINK', 'LINK'], 'Leave -o out'],
    ['too many connections', ['get', '-c', '65', 'LINK'], 'a whole number from 1 to 64'],
    ['a rate in words', ['get', '--limit-rate', 'slow', 'LINK'], 'such as 500K'],
    ['retries below zero', ['get', '--retries=-1', 'LINK'], '"forever"'],
    ['a header without a value', ['get', '-H', 'Referer', 'LINK'], '"Name: value"'],
    ['an option nobody knows', ['get', '--fast', 'LINK'], "unknown option '--fast'"],
    ['an option without its value', ['get', 'LINK', '-d'], "option '-d, --dir <folder>' argument missing"],
    ['a command nobody knows', ['fetch', 'LINK'], "unknown command 'fetch'"],
    ['a proxy where a number is meant', ['get', '-x', 'http://proxy:1', 'LINK'], '-c takes a whole number'],
    ["aria2's -c", ['get', '-c', 'LINK'], 'sluice always resumes'],
    ["aria2's option to begin anew", ['get', '--continue=false', 'LINK'], 'Sluice always resumes'],
    ["aria2's option to write over", ['get', '--allow-overwrite=true', 'LINK'], 'Sluice never writes over a file'],
    ["aria2's torrents", ['get', '--seed-time=0', 'LINK'], 'does not read torrents'],
    ["aria2's rpc", ['get', '--rpc-secret=x', 'LINK'], 'sluice serve --help'],
    ["curl's -L", ['get', '-L', 'LINK'], 'follows redirects always'],
    ['a checksum in words', ['get', '--checksum', 'right', 'LINK'], '--checksum takes sha-256=HEX'],
    [
      'a checksum too short',
      ['get', '--checksum', 'sha-256=00112233445566778899aabbccddeeff', 'LINK'],
      '[request-invalid]',
    ],
    ['a range that runs backwards', ['get', 'http://example.com/[9-1]', 'LINK'], 'the smaller one first'],
    ['more links than can be', ['get', 'http://example.com/[1-999999]'], 'at most 100000 links'],
    ['a list that is not there', ['get', '-i', 'gone.txt', 'LINK'], 'The list gone.txt cannot be read'],
    ['so many at once', ['get', '-j', '100', 'LINK'], 'from 1 to 64'],
    ['a command about no download', ['pause'], 'sluice pause file.iso'],
    ['all and some', ['rm', '--all', 'a.iso'], 'leave out either'],
    ['a state that is none', ['ls', '--state', 'running,bored'], 'bored is not a valid state. The states are: queued'],
    ['a download nobody knows', ['pause', 'gone.iso'], 'There is no download gone.iso on the list'],
    [
      'a setting nobody knows',
      ['config', 'set', 'colour', 'red'],
      'There is no setting colour. The settings are: downloadFolder',
    ],
    ['a setting out of bounds', ['config', 'set', 'maxRunning', '99'], 'takes a whole number from 1 to 64, not 99'],
    ['a theme nobody knows', ['config', 'set', 'theme', 'blue'], 'takes system, light, dark, not blue'],
    ['a setting without a value', ['config', 'set', 'theme'], "missing required argument 'value'"],
    ['a time in words', ['get', '-t', 'soon', 'LINK'], '--timeout takes seconds from 0.1 to 3600'],
    ['nothing to set', ['set', 'a.iso'], 'No change was given'],
    ['authorities that are not there', ['get', '--ca-certificate', 'gone.pem', 'LINK'], 'gone.pem cannot be read'],
    ['cookies that are not there', ['get', '--load-cookies', 'gone.txt', 'LINK'], 'gone.txt cannot be read'],
    ['a form that is not there', ['get', '--data', '@gone.txt', 'LINK'], 'gone.txt cannot be read'],
    ['a certificate without its key', ['get', '--certificate', 'a.pem', 'LINK'], '--certificate goes with --key'],
    ['a key without its certificate', ['get', '--key', 'a.pem', 'LINK'], '--key goes with --certificate'],
    ['a password without a name', ['get', '--http-passwd', 'x', 'LINK'], '--http-passwd goes with --http-user'],
    ['both kinds of addresses', ['get', '-4', '-6', 'LINK'], 'leave out --ipv4 or --ipv6'],
    [
      'a proxy that is none',
      ['get', '--proxy', 'what', 'LINK'],
      '--proxy takes http://HOST:PORT or socks5://HOST:PORT',
    ],
    ['an option nobody knows of a deeper command', ['queue', 'set', 'Main', '--fast'], 'See: sluice queue set --help'],
    ['help about a command nobody knows', ['help', 'fetch'], "unknown command 'fetch'"],
    ['the main queue to remove', ['queue', 'rm', 'Main'], 'The queue Main cannot be removed'],
    ['a priority nobody knows', ['set', '--all', '--priority', 'urgent'], 'Allowed choices are low, normal, high'],
    ['a queue nobody knows', ['add', '--queue', 'Night', 'LINK'], 'There is no queue Night. The queues are: Main'],
    ['a queue without a name', ['queue', 'add', ' '], 'A queue needs a name'],
    ['a queue to remove that is not there', ['queue', 'rm', 'Night'], 'There is no queue Night'],
    ['hours in words', ['queue', 'schedule', 'Main', 'at night'], "Write 'mon-fri 22:00-06:00'"],
    ['too many at once in a queue', ['queue', 'set', 'Main', '--max-running', '65'], 'from 0 to 64'],
    ['a shell nobody knows', ['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
    ['a folder to adopt from that is not named', ['adopt'], "missing required argument 'folders'"],
    ['a link to add that is none', ['add', 'htp://example.com/a', 'LINK'], 'Did you mean http://example.com/a?'],
    ['a list to add that is not there', ['add', '-i', 'gone.txt'], 'The list gone.txt cannot be read'],
    ['a port in words', ['serve', '--port', 'http'], 'from 0 to 65535'],
    ['no web interface', ['serve', '--ui', 'nowhere'], 'no index.html. Check --ui.'],
  ])('%s', async (_what, words, expected) => {
    const { exitCode, out, error } = await run(words.map((word) => (word === 'LINK' ? origin.urlOf('/a.bin') : word)));
    expect(exitCode).toBe(2);
    expect(error).toContain(expected);
    expect(error).not.toMatch(/\n {4}at /);
    expect(out).toBe('');
    expect(origin.requests).toEqual([]);
    expect((await readdir(folder)).filter((name) => name !== 'data')).toEqual([]);
  });

  test('with --json a rejected link is a line as well, without its password', async () => {
    const { exitCode, out } = await run(['get', '--json', 'htp://user:secret@example.com/a']);
    expect(exitCode).toBe(2);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { kind: 'rejected', error: { code: 'url-unsupported' } },
      { kind: 'end', exitCode: 2 },
    ]);
    expect(out).not.toContain('secret');
  });
});

describe('what is asked for ends with 0', () => {
  test('help lists every exit code', async () => {
    const { exitCode, out } = await run(['get', '--help']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/Exit codes:\n +0 .*\n(?: +\d+ .*\n){10} +130 /);
  });

  test.each([
    ['--help'],
    ['help'],
    ['help', 'get'],
    ['serve', '-h'],
    ['config', '-h'],
    ['queue', '-h'],
    ['completion', '-h'],
    ...listCommands.map((name) => [name, '-h']),
  ])('%s %s', async (...words) => {
    const { exitCode, out, error } = await run(words);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Usage: sluice/);
    expect(error).toBe('');
  });

  test('the version', async () => {
    expect(await run(['--version'])).toEqual({ exitCode: 0, out: '0.1.0\n', error: '' });
  });
});
