/** The system's curl: whether it is here, how old it is, and what it speaks. */
import { execFile } from 'node:child_process';
import { SluiceError } from '@sluice/contract';
import { type CurlFeatures, demandScheme, parseCurlVersion } from './curl-features.ts';

export interface CurlProgramOptions {
  /** A name to be looked for, or a path. Default `curl`. */
  readonly program?: string;
  /** What it runs with: HOME says whose keys and known hosts of ssh count. Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface CurlProgram {
  readonly path: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** @throws `unsupported`, see `demandScheme` */
  demand(scheme: string): Promise<void>;
}

export function createCurlProgram(options: CurlProgramOptions = {}): CurlProgram {
  const path = options.program ?? 'curl';
  const environment = options.environment ?? process.env;
  let asking: Promise<CurlFeatures | null> | null = null;
  /** Unless somebody has asked anew meanwhile. */
  const forget = (asked: typeof asking): void => {
    if (asking === asked) asking = null;
  };
  return {
    path,
    environment,
    async demand(scheme) {
      asking ??= askVersion(path, environment);
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
      reject(new SluiceError('file-busy', 'no process could be started', { facts: { reason: String(error.code) } }));
    else resolve(parseCurlVersion(stdout));
  });
  return promise;
}
