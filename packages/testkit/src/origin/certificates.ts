/** Long-lived certificates for loopback servers, each its own issuer: a client trusts one by naming it as an authority. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface TestCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly certificatePath: string;
  readonly keyPath: string;
}

/** `trusted` is valid for 127.0.0.1, ::1 and localhost; `other-name` only for elsewhere.test; `expired` ended in 2021. */
export type TestCertificateName = 'trusted' | 'other-name' | 'expired';

export function testCertificate(name: TestCertificateName): TestCertificate {
  const certificatePath = fileURLToPath(new URL(`./certificates/${name}.crt`, import.meta.url));
  const keyPath = fileURLToPath(new URL(`./certificates/${name}.key`, import.meta.url));
  return {
    certificatePath,
    keyPath,
    certificatePem: readFileSync(certificatePath, 'utf8'),
    keyPem: readFileSync(keyPath, 'utf8'),
  };
}
