/** Turns the words of `sluice sessions` into a request that has been checked. */
import type { ListRequest } from '../list/with-list.ts';
import { type ListWords, readListRequest } from '../list/request.ts';
import { mistaken, type Parsed } from '../../arguments/mistake.ts';

export interface SessionsWords extends ListWords {
  readonly link?: boolean;
  readonly revoke?: readonly string[];
  readonly revokeAll?: boolean;
}

export interface SessionsRequest extends Pick<ListRequest, 'dataFolder' | 'output'> {
  readonly action: 'list' | 'link' | 'revoke-all' | { readonly revoke: readonly string[] };
}

export function readSessionsRequest(words: SessionsWords, workingFolder: string): Parsed<SessionsRequest> {
  const { link = false, revoke, revokeAll = false } = words;
  const revokes = revoke !== undefined || revokeAll;
  if (link && revokes) return mistaken({ kind: 'either-or', one: '--link', other: '--revoke' });
  if (revoke !== undefined && revokeAll) return mistaken({ kind: 'either-or', one: '--revoke', other: '--revoke-all' });
  const { dataFolder, output } = readListRequest(words, workingFolder);
  const named = revoke === undefined ? 'list' : ({ revoke } as const);
  const unnamed = link ? 'link' : 'revoke-all';
  return { kind: 'ok', value: { dataFolder, output, action: link || revokeAll ? unnamed : named } };
}
