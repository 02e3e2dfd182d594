/** Decides what the failures of all of a download's links come to together. */
import { classify, type SluiceError } from '../../errors.ts';

export interface LinkFailure {
  readonly link: string;
  readonly error: SluiceError;
  /** What its server asked for; null when it asked for nothing. */
  readonly retryAfterMs: number | null;
}

export interface LinksVerdict {
  /** What was wrong with the download's own link: said once it is over. */
  readonly own: SluiceError;
  /** The failure that decides whether and when all are asked again. */
  readonly next: LinkFailure;
}

/**
 * A dead link is no reason to give up while a mirror may recover: then the one that may be asked first is waited for.
 * @param failures in the order in which the links were asked, the download's own first; at least one
 */
export function judgeLinkFailures(failures: readonly LinkFailure[]): LinksVerdict {
  const [own] = failures;
  if (own === undefined) throw new RangeError('no link has failed');
  if (mayRecover(own)) return { own: own.error, next: own };
  const [soonest = own] = failures
    .filter(mayRecover)
    .toSorted((left, right) => (left.retryAfterMs ?? 0) - (right.retryAfterMs ?? 0));
  return { own: own.error, next: soonest };
}

function mayRecover({ error }: LinkFailure): boolean {
  return classify(error) === 'transient';
}
