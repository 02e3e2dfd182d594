/** What a page asks the network for: custom schemes go to their handlers, navigations the page began are put to the application. */
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping';
import type { CdpSession } from '../../chromium/cdp-connection.ts';
import { isStandardScheme, toAppAddress } from './addresses.ts';
import { handlerFor } from './protocol.ts';
import { report } from '../report.ts';

type PausedRequest = ProtocolMapping.Events['Fetch.requestPaused'][0];

export interface NavigationPolicy {
  /** @returns false when the application refuses */
  allows(address: string): boolean;
}

function bodyOf(entries: readonly { readonly bytes?: string }[]): Buffer<ArrayBuffer> {
  return Buffer.concat(entries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')));
}

async function answer(session: CdpSession, { requestId, request }: PausedRequest, address: string): Promise<void> {
  const handler = handlerFor(address);
  if (handler === undefined) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'AddressUnreachable' });
    return;
  }
  const asked = new Request(address, {
    method: request.method,
    headers: request.headers,
    ...(request.postDataEntries === undefined ? {} : { body: bodyOf(request.postDataEntries) }),
  });
  const response = await handler(asked);
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  await session.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body,
  });
}

/** Puts itself between a page and the network. Chromium's own error page is never shown for a refused navigation. */
export class PageRequests {
  readonly #session: CdpSession;
  readonly #mainFrameId: string;
  readonly #policy: NavigationPolicy;
  /** The address of the navigation that the page itself began, until its request comes by. */
  #begunByPage: string | undefined;

  constructor(session: CdpSession, mainFrameId: string, policy: NavigationPolicy) {
    this.#session = session;
    this.#mainFrameId = mainFrameId;
    this.#policy = policy;
  }

  async start(): Promise<void> {
    this.#session.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (frameId === this.#mainFrameId) this.#begunByPage = url;
    });
    this.#session.on('Fetch.requestPaused', (request) => {
      void this.#onRequest(request).catch((error: unknown) => {
        report(`${request.request.url} was not answered`, error);
        void this.#session
          .send('Fetch.failRequest', { requestId: request.requestId, errorReason: 'Failed' })
          .catch(() => undefined);
      });
    });
    await this.#session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  async #onRequest(paused: PausedRequest): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused;
    const address = toAppAddress(request.url);
    if (resourceType === 'Document' && frameId === this.#mainFrameId && this.#begunByPage === request.url) {
      this.#begunByPage = undefined;
      if (!this.#policy.allows(address)) {
        await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
    }
    if (isStandardScheme(URL.parse(address)?.protocol.slice(0, -1) ?? '')) await answer(this.#session, paused, address);
    else await this.#session.send('Fetch.continueRequest', { requestId });
  }
}
