/** Finds the links among the arguments of a launch. Pure. */

/**
 * Everything that is not a switch is taken for a link, so that a mistyped one is answered rather than ignored.
 * @param argv with the executable first, and the application's own path second while it runs from its source tree
 */
export function linksFromArguments(
  argv: readonly string[],
  { fromSource }: { fromSource: boolean },
): readonly string[] {
  return argv
    .slice(fromSource ? 2 : 1)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
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
