/** The system's curl: whether it is here, how old it is, and what it speaks. */
import { execFile } from 'node:child_process';
import { SluiceError } from '@sluice/contract';
import { findProgram } from '../../programs/find-program.ts';
import { type CurlFeatures, demandScheme, parseCurlVersion } from './curl-features.ts';

export interface CurlProgramOptions {
  /** A path. Default: the `curl` that is found among the system's programs, never one of the current folder. */
  readonly program?: string;
  /** What it runs with: HOME says whose keys and known hosts of ssh count. Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface CurlProgram {
  /** Absolute, or as it was given. Empty before `demand` has found one: a bare name would be looked for anywhere. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** @throws `unsupported`, see `demandScheme` */
  demand(scheme: string): Promise<void>;
}

export function createCurlProgram(options: CurlProgramOptions = {}): CurlProgram {
  const environment = options.environment ?? process.env;
  let path = options.program ?? null;
  let asking: Promise<CurlFeatures | null> | null = null;
  /** Unless a newer call has started meanwhile. */
  const forget = (asked: typeof asking): void => {
    if (asking === asked) asking = null;
  };
  return {
    get path() {
      return path ?? '';
    },
    environment,
    async demand(scheme) {
      // It may have been installed meanwhile.
      path ??= findProgram('curl', { environment });
      asking ??= path === null ? Promise.resolve(null) : askVersion(path, environment);
      const asked = asking;
      const features = await asked.catch((error: unknown) => {
        forget(asked);
        throw error;
      });
      // It may be installed while we run.
      if (features === null) forget(asked);
      demandScheme(features, scheme);
    },
  };
}

/** Null when there is no such program, or what it says is not what curl says. */
function askVersion(path: string, env: CurlProgram['environment']): Promise<CurlFeatures | null> {
  const { promise, resolve, reject } = Promise.withResolvers<CurlFeatures | null>();
  const options = { env, timeout: 10_000, windowsHide: true, encoding: 'utf8' } as const;
  execFile(path, ['-q', '--version'], options, (error, stdout) => {
    const isBusy = error !== null && (error.code === 'EMFILE' || error.code === 'EAGAIN' || error.code === 'ENOMEM');
    if (isBusy)
      reject(
        new SluiceError(error.code === 'EMFILE' ? 'too-many-files' : 'file-busy', 'no process could be started', {
          facts: { reason: String(error.code) },
        }),
      );
    else resolve(parseCurlVersion(stdout));
  });
  return promise;
}
