/** Turns the words of `sluice sessions` into a request that has been checked. */
import type { ListRequest } from '../list/with-list.ts';
import { type RawListOptions, readListRequest } from '../list/request.ts';
import { wrongUsage, type Parsed } from '../../arguments/usage-error.ts';

export interface RawSessionsOptions extends RawListOptions {
  readonly link?: boolean;
  readonly revoke?: readonly string[];
  readonly revokeAll?: boolean;
}

export interface SessionsRequest extends Pick<ListRequest, 'dataFolder' | 'output'> {
  readonly action: 'list' | 'link' | 'revoke-all' | { readonly revoke: readonly string[] };
}

export function readSessionsRequest(raw: RawSessionsOptions, workingFolder: string): Parsed<SessionsRequest> {
  const { link = false, revoke, revokeAll = false } = raw;
  const revokes = revoke !== undefined || revokeAll;
  if (link && revokes) return wrongUsage({ kind: 'either-or', one: '--link', other: '--revoke' });
  if (revoke !== undefined && revokeAll)
    return wrongUsage({ kind: 'either-or', one: '--revoke', other: '--revoke-all' });
  const { dataFolder, output } = readListRequest(raw, workingFolder);
  const named = revoke === undefined ? 'list' : ({ revoke } as const);
  const unnamed = link ? 'link' : 'revoke-all';
  return { kind: 'ok', value: { dataFolder, output, action: link || revokeAll ? unnamed : named } };
}
