/**
 * The page through which a browser gets its one-time link: a private file, so that the browser's arguments, which
 * every user of the machine can read, name nothing but its path.
 */
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from '../folders/private-files.ts';

const namePattern = /^open-[0-9a-f]{32}\.html$/;

/** @param link a link of ours: nothing in it needs escaping but what {@link escapeHtml} covers. @returns the path */
export async function writeOpenPage(webFolder: string, link: string): Promise<string> {
  const path = join(webFolder, `open-${randomBytes(16).toString('hex')}.html`);
  await writePrivateFile(path, pageFor(link));
  return path;
}

/** Those of a server that was killed: their tickets are good for a while. */
export async function removeOpenPages(webFolder: string): Promise<void> {
  for (const name of await readdir(webFolder)) {
    if (namePattern.test(name)) await rm(join(webFolder, name), { force: true });
  }
}

/** `replace`, so that the page stays out of the way of "Back"; the link for a browser without scripts for files. */
function pageFor(link: string): string {
  const target = escapeHtml(link);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Sluice</title>
<p><a id="link" href="${target}">Open Sluice</a></p>
<script>location.replace(document.getElementById('link').href)</script>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
