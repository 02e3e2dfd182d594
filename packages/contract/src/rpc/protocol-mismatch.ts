/** The error both ends give when they cannot understand each other. */
import { SluiceError } from '../sluice-error.ts';

export function protocolMismatch(versions: { readonly host: number; readonly ui: number }): SluiceError {
  return new SluiceError('unsupported', `the host speaks protocol ${versions.host}, the UI protocol ${versions.ui}`, {
    facts: { hostProtocol: versions.host, uiProtocol: versions.ui },
  });
}
