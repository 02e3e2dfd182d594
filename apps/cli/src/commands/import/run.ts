/** Carries out `sluice import`: says what was understood and what was not, and adds it. */
import type { NewDownload } from '@sluice/contract';
import type { LinkEntry } from '@sluice/formats';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { quote } from '../../sentences.ts';
import { formatBytes } from '../../terminal/amounts.ts';
import type { OutputForm } from '../get/request.ts';
import { Output } from '../list/output.ts';
import { type AddRequest, runAdd } from '../list/run-add.ts';
import type { ReadFile } from './read-files.ts';
import { unreadText } from './unread-text.ts';

export interface ImportRequest extends Omit<AddRequest, 'downloads' | 'usesNetrc'> {
  readonly files: readonly ReadFile[];
  /** Holds for every download. */
  readonly place: Pick<NewDownload, 'folder' | 'priority'>;
}

export function runImport({ files, place, ...request }: ImportRequest, context: CliContext): Promise<ExitCode> {
  const output = new Output(context, request.output);
  for (const file of files) tellUnread(output, file);
  const downloads = files.flatMap(({ read }) => read.entries.map(({ download }) => ({ ...download, ...place })));
  return runAdd({ ...request, downloads, usesNetrc: true }, context);
}

export function runImportList(
  { output: form, files }: { readonly output: OutputForm; readonly files: readonly ReadFile[] },
  context: CliContext,
): ExitCode {
  const output = new Output(context, form);
  for (const file of files) {
    const { path, read } = file;
    for (const entry of read.entries) {
      output.tell({ kind: 'link', path, entry });
      output.say(entryText(entry));
    }
    tellUnread(output, file);
    output.hint(`${quote(path)}: ${counted(read.entries.length, 'link')}, ${read.unread.length} not understood`);
  }
  return output.end(exitCodes.ok);
}

function tellUnread(output: Output, { path, read }: ReadFile): void {
  for (const unread of read.unread) {
    output.tell({ kind: 'unread', path, unread });
    output.complain(unreadText(path, unread));
  }
}

/** The names of what goes along, since headers and cookies are secrets. */
function entryText({ download, sizeBytes, contentType, status }: LinkEntry): string {
  const { name, checksum, headers, request } = download;
  const mirrors = request?.mirrors?.length ?? 0;
  return [
    quote(withoutLogin(download.url)),
    ...(name === undefined ? [] : [`name ${quote(name)}`]),
    ...(sizeBytes === null ? [] : [formatBytes(sizeBytes)]),
    ...(contentType === null ? [] : [quote(contentType)]),
    ...(status === null ? [] : [`status ${status}`]),
    ...(mirrors === 0 ? [] : [counted(mirrors, 'mirror')]),
    ...(checksum === undefined ? [] : [checksum.slice(0, checksum.indexOf('='))]),
    ...(request?.method === undefined ? [] : [request.method]),
    ...(headers === undefined ? [] : [counted(Object.keys(headers).length, 'header')]),
    ...(request?.cookies === undefined ? [] : ['cookies']),
    ...(request?.referer === undefined ? [] : ['referrer']),
  ].join('  ');
}

function withoutLogin(link: string): string {
  const url = URL.parse(link);
  if (url === null || (url.username === '' && url.password === '')) return link;
  url.username = '';
  url.password = '';
  return url.href;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
