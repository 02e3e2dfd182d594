/** Finds circles of imports between files, type-only imports included: inside a circle no file can be understood alone. */
import { posix } from 'node:path';
import type { ParsedFile } from '../parsed-file.ts';
import type { Violation } from '../violation.ts';
import { importsOf } from './imports.ts';

/** The files that each file imports by a relative path. */
type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * One violation for each circle, at its first file.
 *
 * @param parsed Each code file by its path from the root.
 */
export function checkCircles(parsed: ReadonlyMap<string, ParsedFile>): readonly Violation[] {
  return circlesIn(importGraph(parsed)).map((files) => ({
    file: files[0] ?? '',
    line: null,
    rule: 'circle',
    message: `imports itself through ${files.slice(1).join(', ')}: move what they share into a file of its own`,
  }));
}

function importGraph(parsed: ReadonlyMap<string, ParsedFile>): ImportGraph {
  return new Map(
    [...parsed].map(([path, file]) => {
      const targets = importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => posix.join(posix.dirname(path), specifier));
      return [path, targets.filter((target) => parsed.has(target))] as const;
    }),
  );
}

/** The strongly connected components with more than one file (Tarjan, 1972), each sorted. */
function circlesIn(graph: ImportGraph): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(path: string): number {
    const index = order.size;
    order.set(path, index);
    open.push(path);
    let low = index;
    for (const target of graph.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    if (low !== index) return low;
    const circle = open.splice(open.indexOf(path));
    if (circle.length > 1) circles.push(circle.toSorted());
    return low;
  }

  for (const path of graph.keys()) if (!order.has(path)) visit(path);
  return circles;
}
