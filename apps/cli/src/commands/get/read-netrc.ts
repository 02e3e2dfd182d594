/** Reads the file in which people keep the logins of command line tools. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Empty when there is none, or it cannot be read: it was not asked for by name. */
export async function readNetrc(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const path = environment['NETRC'] ?? join(homedir(), process.platform === 'win32' ? '_netrc' : '.netrc');
  return readFile(path, 'utf8').catch(() => '');
}
