/** The web server's token: made once, kept in a file only its user can read, so that links stay valid across starts. */
import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 256 bits, as base64url. */
const tokenPattern = /^[\w-]{43}$/;

export async function loadToken(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'web-token');
  const known = await readToken(path);
  if (known !== null) return known;
  const token = randomBytes(32).toString('base64url');
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  // A file that was there before (empty, cut short) kept its mode.
  await chmod(path, 0o600);
  return token;
}

async function readToken(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return tokenPattern.test(text.trim()) ? text.trim() : null;
}
