/** Keeps two requests of one round from taking the same file: the second would pass for the first. */
import { SluiceError } from '@sluice/contract';

export class PathClaims {
  readonly #owners = new Map<string, string>();

  /**
   * The same request may claim its path again.
   * @param key of the request
   * @throws SluiceError `file-exists` (facts: `path`)
   */
  claim(path: string, key: string): void {
    // Names that differ in case alone are one file on many systems.
    const place = path.toLowerCase();
    const owner = this.#owners.get(place) ?? key;
    if (owner !== key) {
      const detail = 'another link of the same round goes into this file: give one of them a path of its own';
      throw new SluiceError('file-exists', detail, { facts: { path } });
    }
    this.#owners.set(place, key);
  }
}
