/** Asks a file's remote folder for a checksum of the file: one place after the other, over one connection. */
import { SluiceError } from '../../errors.ts';
import { checksumInList } from '../../plan/checksum/checksum-list.ts';
import type { ChecksumPlace, ChecksumPlaces } from '../../plan/checksum/checksum-places.ts';
import { headerValue } from '../../plan/response/headers.ts';
import { mediaType } from '../../plan/response/media-type.ts';
import { redactUrl } from '../../plan/request/redact.ts';
import type { ChecksumFolder } from './checksum-folders.ts';
import { openResponse, type RequestBase } from '../request/open-response.ts';
import type { RunPorts } from '../run/run-context.ts';
import { readSmallText } from '../run/small-text.ts';
import type { Expectation } from './verify.ts';

/** The list of a whole distribution is shorter. */
const mostListBytes = 1024 * 1024;
/** A server that needs longer for a list is not waited for. */
const lookupTimeoutMs = 5000;
/** After this many pages in place of a text, the server counts as one that answers every link with a page. */
const mostNonsense = 2;

export interface FindChecksumOptions {
  readonly ports: Pick<RunPorts, 'http' | 'clock'>;
  /** Whose cookies, login and way are used, as for the file itself. */
  readonly request: RequestBase;
  readonly places: ChecksumPlaces;
  readonly folder: ChecksumFolder;
}

/** @returns null when none is published. @throws SluiceError network codes; `signal.reason` when aborted */
export async function findChecksum(options: FindChecksumOptions, signal: AbortSignal): Promise<Expectation | null> {
  const { places, folder } = options;
  const { timeouts } = options.request;
  const request = {
    ...options.request,
    timeouts: { ...timeouts, headTimeoutMs: lookupTimeoutMs, idleTimeoutMs: lookupTimeoutMs },
  };
  const mayHaveOwn = folder.mayHaveOwn;
  let nonsense = 0;
  for (const place of places.places) {
    if (folder.isSilent) return null;
    if (place.about === 'file' && !mayHaveOwn) continue;
    const known = place.about === 'folder' ? folder.list(place.url) : undefined;
    const answer = known === undefined ? await ask({ ...options, request }, place, signal) : toAnswer(known);
    if (answer.kind === 'nonsense') nonsense += 1;
    if (nonsense >= mostNonsense) folder.noteSilence();
    const text = answer.kind === 'text' ? answer.text : null;
    if (place.about === 'folder') folder.noteList(place.url, text);
    const checksum = text === null ? null : checksumInList(text, places.fileName, place);
    if (checksum !== null) return { checksum, from: 'beside', listedAt: redactUrl(place.url) };
  }
  if (mayHaveOwn) folder.noteMiss();
  return null;
}

type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  /** A page, or the file itself once more. */
  | { readonly kind: 'nonsense' };

function toAnswer(text: string | null): Answer {
  return text === null ? { kind: 'absent' } : { kind: 'text', text };
}

async function ask(
  { ports, request }: FindChecksumOptions,
  place: ChecksumPlace,
  signal: AbortSignal,
): Promise<Answer> {
  const options = { url: place.url, range: null, known: null };
  const { response, verdict } = await openResponse(ports, request, { ask: options, signal });
  if (verdict.kind !== 'whole') {
    response.body.discard();
    if (verdict.kind !== 'failed') return { kind: 'nonsense' };
    // Storage clouds answer 403 for what is not there.
    if (['http-not-found', 'http-gone', 'http-forbidden'].includes(verdict.code)) return { kind: 'absent' };
    throw new SluiceError(verdict.code, undefined, { facts: verdict.facts });
  }
  const type = mediaType(headerValue(response.headers, 'content-type'));
  if (type === 'text/html' || type === 'application/xhtml+xml') {
    response.body.discard();
    return { kind: 'nonsense' };
  }
  const text = await readSmallText(response.body, mostListBytes, signal);
  return text === null ? { kind: 'nonsense' } : { kind: 'text', text };
}
