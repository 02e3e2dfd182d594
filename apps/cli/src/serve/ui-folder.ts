/** Where the built web interface lies: beside the built command. */
import { fileURLToPath } from 'node:url';

/** Of the bundle, `dist/sluice.js` or a file beside it. Run from source, there is none. */
export function builtUiFolder(): string {
  return fileURLToPath(new URL('ui', import.meta.url));
}
