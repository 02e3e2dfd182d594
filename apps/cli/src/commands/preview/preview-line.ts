/** Says in one line what a link would come to. */
import { basename } from 'node:path';
import type { Preview } from '@sluice/contract';
import { shortened } from '../../report/lines.ts';
import { formatBytes, formatPercent } from '../../terminal/amounts.ts';
import { cleanText } from '../../terminal/clean-text.ts';

export interface PreviewOptions {
  readonly workingFolder: string;
  /** Files that are there already are left out. */
  readonly skipsPresent: boolean;
  /** Another link of the same command would have that name first. */
  readonly isTaken: boolean;
}

export function isLeftOut({ presentPath, receivedBytes }: Preview, { skipsPresent }: PreviewOptions): boolean {
  return skipsPresent && presentPath !== null && receivedBytes === 0;
}

export function previewLine(preview: Preview, options: PreviewOptions): string {
  const { path, sizeBytes, receivedBytes, presentPath } = preview;
  if (presentPath !== null && isLeftOut(preview, options)) {
    return `there already: ${shortened(presentPath, options.workingFolder)}`;
  }
  const verb = receivedBytes > 0 ? 'would resume' : 'would save';
  const facts = [
    sizeText(sizeBytes),
    ...(receivedBytes > 0 ? [hereText(receivedBytes, sizeBytes)] : []),
    rangesText(preview),
    ...noteTexts(preview, options),
  ];
  return `${verb} ${shortened(path, options.workingFolder)}  ${facts.join(', ')}`;
}

function sizeText(sizeBytes: number | null): string {
  return sizeBytes === null ? 'size unknown' : formatBytes(sizeBytes);
}

function hereText(receivedBytes: number, sizeBytes: number | null): string {
  return sizeBytes === null
    ? `${formatBytes(receivedBytes)} are here`
    : `${formatPercent(receivedBytes, sizeBytes)} is here`;
}

function rangesText({ resumable, isAsked }: Preview): string {
  if (!isAsked) return 'the server was not asked, since that would send the form';
  if (resumable === null) return 'the server does not say whether it can resume';
  return resumable ? 'can resume' : 'cannot resume';
}

function noteTexts({ presentPath, isInUse, path }: Preview, { isTaken }: PreviewOptions): readonly string[] {
  const isBeside = presentPath !== null && presentPath !== path;
  return [
    ...(isBeside ? [`${cleanText(basename(presentPath))} is there already`] : []),
    ...(isInUse ? ['another sluice is fetching this link into the folder now'] : []),
    ...(isTaken ? ['with a number in its name, since another of these links takes that one'] : []),
  ];
}
