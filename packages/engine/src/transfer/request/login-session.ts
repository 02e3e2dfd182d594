/** How a download proves to its own server who is asking: at once where that is safe, else as the server challenges. */
import { createHash, randomBytes } from 'node:crypto';
import { parseChallenges } from '../../plan/request/auth-challenge.ts';
import {
  chooseDigest,
  type DigestChallenge,
  type DigestHash,
  digestAuthorization,
} from '../../plan/request/digest-auth.ts';
import { type HeaderLines, headerValues } from '../../plan/response/headers.ts';
import { isSameParty } from '../../plan/request/redirect.ts';
import { basicAuthorization, basicCredentials, loginOfUrl } from '../../plan/request/request-headers.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

type Agreed =
  /** Nothing goes out before the server has said how it wants it. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'basic' }
  | { readonly kind: 'digest'; readonly challenge: DigestChallenge };

export class LoginSession {
  readonly #link: string;
  readonly #login: Login | null;
  #agreed: Agreed;
  #count = 0;

  /**
   * @param given wins over the user name and password inside the link; null: those
   * @param options `isSentAtOnce`: without waiting for the server to ask
   */
  constructor(link: string, given: Login | null, options: { readonly isSentAtOnce?: boolean } = {}) {
    this.#link = link;
    this.#login = given ?? loginOfUrl(link);
    // Over plain http a password is not shown to a server that may know a way to do without it. The others never ask.
    const mayChallenge = URL.parse(link)?.protocol === 'http:';
    this.#agreed =
      given !== null && mayChallenge && options.isSentAtOnce !== true ? { kind: 'nothing' } : { kind: 'basic' };
  }

  /** The Authorization field for a request; null for none. A login in the link of a redirect is that server's own. */
  for(url: string, method: string): string | null {
    const login = this.#login;
    if (login === null || !isSameParty(this.#link, url)) return basicAuthorization(url);
    switch (this.#agreed.kind) {
      case 'nothing':
        return null;
      case 'basic':
        return (url === this.#link ? null : basicAuthorization(url)) ?? basicCredentials(login);
      case 'digest': {
        const { challenge } = this.#agreed;
        this.#count += 1;
        const { pathname, search } = new URL(url);
        const clientNonce = randomBytes(16).toString('hex');
        const question = { challenge, ...login, method, path: pathname + search, count: this.#count, clientNonce };
        return digestAuthorization(question, digest);
      }
      default:
        return this.#agreed satisfies never;
    }
  }

  /** Whether requests to that address carry a user name and a password. */
  isShownTo(url: string): boolean {
    if (this.#login === null || !isSameParty(this.#link, url)) return basicAuthorization(url) !== null;
    return this.#agreed.kind !== 'nothing';
  }

  /**
   * Takes up a 401's challenge.
   * @param sent the Authorization field that the refused request carried
   * @returns whether the same request is worth sending again
   */
  answers(url: string, headers: HeaderLines, sent: string | null): boolean {
    if (this.#login === null || !isSameParty(this.#link, url)) return false;
    const challenges = parseChallenges(headerValues(headers, 'www-authenticate'));
    const challenge = chooseDigest(challenges);
    if (challenge !== null) {
      this.#agreed = { kind: 'digest', challenge };
      this.#count = 0;
      return true;
    }
    const isBasicNew = challenges.some(({ scheme }) => scheme === 'basic') && sent === null;
    if (isBasicNew) this.#agreed = { kind: 'basic' };
    return isBasicNew;
  }
}

function digest(hash: DigestHash, text: string): string {
  return createHash(hash).update(text, 'utf8').digest('hex');
}
