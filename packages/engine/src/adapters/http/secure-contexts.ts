/** Keeps what TLS connections trust and show, made once for each way of trusting. */
import { type SecureContext, createSecureContext, getCACertificates } from 'node:tls';
import { SluiceError } from '@sluice/contract';
import type { Trust } from './route.ts';

/** Reading all authorities takes milliseconds; more ways of trusting than this are made anew. */
const mostKept = 16;

export interface SecureContexts {
  /** @throws `request-invalid` for a certificate or key that is none, or a wrong passphrase */
  for(trust: Trust): SecureContext;
}

/** @param certificateAuthorities PEM, trusted beside Node's own and those of the environment */
export function createSecureContexts(certificateAuthorities: readonly string[]): SecureContexts {
  const made = new Map<string, SecureContext>();
  return {
    for(trust) {
      const key = JSON.stringify([trust.certificateAuthorities, trust.clientCertificate]);
      const known = made.get(key);
      if (known !== undefined) return known;
      const context = makeContext([...certificateAuthorities, ...trust.certificateAuthorities], trust);
      const [oldest] = made.keys();
      if (made.size >= mostKept && oldest !== undefined) made.delete(oldest);
      made.set(key, context);
      return context;
    },
  };
}

function makeContext(authorities: readonly string[], { clientCertificate }: Trust): SecureContext {
  const ca = authorities.length === 0 ? {} : { ca: [...getCACertificates('default'), ...authorities] };
  if (clientCertificate === null && authorities.length === 0) return createSecureContext({});
  const { certificate, key, passphrase } = clientCertificate ?? {};
  const shown = certificate === undefined || key === undefined ? {} : { cert: certificate, key };
  try {
    return createSecureContext({ ...ca, ...shown, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    throw new SluiceError('request-invalid', 'a certificate or key that was given cannot be used', {
      facts: { name: 'certificate' },
    });
  }
}
