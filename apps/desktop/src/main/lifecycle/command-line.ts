/** Finds the links among the arguments of a launch. Pure. */
import { resolve, sep } from 'node:path';

/** What comes before the first link: the executable, and while Sluice runs from its source tree, the tree. */
function withoutLauncher(argv: readonly string[], sourceFolder: string | null): readonly string[] {
  if (sourceFolder === null) return argv.slice(1);
  const own = argv.findIndex((argument) => isInside(resolve(argument), sourceFolder));
  return argv.slice(own === -1 ? 2 : own + 1);
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/**
 * Everything that is not a switch is taken for a link, so that a mistyped one is answered rather than ignored.
 * @param argv with the executable first
 * @param sourceFolder of the application while it runs from there; null once it is installed
 */
export function linksFromArguments(argv: readonly string[], sourceFolder: string | null): readonly string[] {
  return withoutLauncher(argv, sourceFolder)
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => argument.trim())
    .filter((argument) => argument !== '');
}

/** What a second launch sends along; whatever else it holds is not looked at. */
export function linksFromHandover(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('links' in data) || !Array.isArray(data.links)) return [];
  return data.links.filter((link): link is string => typeof link === 'string');
}

/** Everything in a text that has the shape of an address, in its order. */
export function linksInText(text: string): readonly string[] {
  return text.match(/[a-z][a-z0-9+.-]*:\/\/[^\s<>"]+/giu) ?? [];
}
