/** What the real servers have in common: a folder they serve over http and https, on ports found at run time. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCertificate } from '../origin/certificates.ts';
import { findFreePort } from './free-port.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface RealServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly secureUrl: string;
  /** The issuer of the https certificate, PEM. */
  readonly certificatePem: string;
  /** Served at `/`. */
  readonly rootFolder: string;
  /** Stops the server and deletes what it made, the root folder too if it made it. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface RealServerOptions {
  /** An absolute path to serve; default: a new empty folder. */
  readonly rootFolder?: string;
}

export interface ServerOptions {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** For configuration, logs, pid files; deleted in the end. */
  readonly workFolder: string;
  readonly rootFolder: string;
  readonly certificatePath: string;
  readonly keyPath: string;
}

/** Makes the configuration and says how to run the server in the foreground. */
export type Launch = (setting: ServerOptions) => Promise<readonly [program: string, ...programArguments: string[]]>;

const portAttempts = 5;

export async function startRealServer(launch: Launch, options: RealServerOptions): Promise<RealServer> {
  const workFolder = await mkdtemp(join(tmpdir(), 'sluice-server-'));
  const rootFolder = options.rootFolder ?? (await mkdtemp(join(tmpdir(), 'sluice-root-')));
  // Servers drop root for a user who must still get in.
  await chmod(workFolder, 0o755);
  if (options.rootFolder === undefined) await chmod(rootFolder, 0o755);
  const certificate = testCertificate('trusted');
  const folders = { workFolder, rootFolder };
  const clean = async (): Promise<void> => {
    await rm(workFolder, { recursive: true, force: true });
    if (options.rootFolder === undefined) await rm(rootFolder, { recursive: true, force: true });
  };
  for (let attempt = 1; ; attempt += 1) {
    const setting = {
      ...folders,
      httpPort: await findFreePort(),
      httpsPort: await findFreePort(),
      certificatePath: certificate.certificatePath,
      keyPath: certificate.keyPath,
    };
    let process: ServerProcess;
    try {
      const [program, ...programArguments] = await launch(setting);
      process = await startServerProcess(program, programArguments, setting.httpPort);
    } catch (error) {
      // Somebody else may have taken the port since it was found.
      if (attempt < portAttempts && /address already in use|could not bind/i.test(String(error))) continue;
      await clean();
      throw error;
    }
    const stop = async (): Promise<void> => {
      await process.stop();
      await clean();
    };
    return {
      url: `http://127.0.0.1:${setting.httpPort}`,
      secureUrl: `https://127.0.0.1:${setting.httpsPort}`,
      certificatePem: certificate.certificatePem,
      rootFolder,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  }
}
