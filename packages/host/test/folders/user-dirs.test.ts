/** Tests the reading of XDG user directories, as a table. */
import { expect, test } from 'vitest';
import { downloadsFromUserDirs } from '../../src/folders/user-dirs.ts';

test.each<[what: string, text: string, folder: string | null]>([
  ['below home', 'XDG_DOWNLOAD_DIR="$HOME/Descargas"', '/home/ana/Descargas'],
  ['absolute', 'XDG_DOWNLOAD_DIR="/mnt/big/in"', '/mnt/big/in'],
  [
    'among others, with comments',
    '# made by xdg\nXDG_MUSIC_DIR="$HOME/m"\nXDG_DOWNLOAD_DIR="$HOME/d"\n',
    '/home/ana/d',
  ],
  ['the last one counts', 'XDG_DOWNLOAD_DIR="/a"\nXDG_DOWNLOAD_DIR="/b"', '/b'],
  ['spaces and escapes', String.raw`  XDG_DOWNLOAD_DIR = "$HOME/a \"b\" \$c"  `, '/home/ana/a "b" $c'],
  ['slash at the end', 'XDG_DOWNLOAD_DIR="$HOME/d/"', '/home/ana/d'],
  ['home itself means switched off', 'XDG_DOWNLOAD_DIR="$HOME/"', null],
  ['commented out', '#XDG_DOWNLOAD_DIR="$HOME/d"', null],
  ['relative', 'XDG_DOWNLOAD_DIR="d"', null],
  ['another variable is not expanded', 'XDG_DOWNLOAD_DIR="$HOMEWORK/d"', null],
  ['unquoted', 'XDG_DOWNLOAD_DIR=/a', null],
  ['empty', '', null],
])('%s', (_what, text, folder) => {
  expect(downloadsFromUserDirs(text, '/home/ana')).toBe(folder);
});
