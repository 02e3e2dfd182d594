/** Gathers the licences of what a bundle has taken in, which must go where their code goes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param modules Paths of the bundled modules. */
export function noticesFor(modules: readonly string[]): string {
  const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== null));
  const notices = [...folders].map(noticeOf).toSorted((left, right) => left.localeCompare(right));
  return ['# Third-party code in this package', ...notices, ''].join('\n\n');
}

function packageFolder(path: string): string | null {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(path.replaceAll('\\', '/'))?.[1] ?? null;
}

function noticeOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifest as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const file = existsSync(folder) ? readdirSync(folder).find((one) => /^licen[cs]e/iu.test(one)) : undefined;
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  return `## ${name} ${version} (${license ?? 'no licence named'})${text}`;
}
