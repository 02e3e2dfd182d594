/** Reduces a name that a file gives to one that lies in no other folder. */

const longestName = 255;

/** @returns null where nothing is left of it; the engine makes it fit the disk */
export function confineName(text: string): string | null {
  const start = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1;
  const name = text
    .slice(start)
    .replaceAll(/\p{Cc}/gu, '')
    .replace(/^[a-z]:/iu, '')
    .trim()
    .slice(0, longestName);
  return name === '' || name === '.' || name === '..' ? null : name;
}
