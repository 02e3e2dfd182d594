/** Lets the records of a long list share what is the same in many of them: of a hundred thousand, most of it is. */
import type { DownloadRecord, RestingState } from './record.ts';

const noHeaders: DownloadRecord['headers'] = Object.freeze({});
const noRequest: DownloadRecord['request'] = Object.freeze({});
const bareStates: Readonly<Partial<Record<RestingState['kind'], RestingState>>> = Object.freeze({
  queued: Object.freeze({ kind: 'queued' }),
  paused: Object.freeze({ kind: 'paused' }),
  cancelled: Object.freeze({ kind: 'cancelled' }),
});

export class SharedParts {
  readonly #folders = new Map<string, string>();

  /** Says the same as `record`, which is the caller's own until now. */
  of(record: DownloadRecord): DownloadRecord {
    record.folder = this.#folder(record.folder);
    record.state = bareStates[record.state.kind] ?? record.state;
    if (isEmpty(record.headers)) record.headers = noHeaders;
    if (isEmpty(record.request)) record.request = noRequest;
    return record;
  }

  #folder(folder: string): string {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    this.#folders.set(folder, folder);
    return folder;
  }
}

function isEmpty(part: object): boolean {
  return Object.keys(part).length === 0;
}
