/** Puts together which SSH servers are known, from the files that ssh itself goes by. */

/**
 * One text for curl. Marked lines are not for it: it would take an authority's key for a server's. A key that is
 * marked as revoked is not known, whoever else lists it.
 * @param texts known_hosts files as ssh(1) reads them
 */
export function mergeKnownHosts(texts: readonly string[]): string {
  const lines = texts.flatMap((text) => text.split(/\r?\n/)).map((line) => line.trim());
  const revoked = new Set(lines.filter((line) => line.startsWith('@revoked')).map((line) => line.split(/\s+/)[3]));
  const kept = lines.filter((line) => line !== '' && !/^[#@]/.test(line) && !revoked.has(line.split(/\s+/)[2]));
  return kept.map((line) => `${line}\n`).join('');
}
