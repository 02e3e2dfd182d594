/** A real OpenSSH server on loopback, open to one key, and a home folder that has that key. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './free-port.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface Sshd extends AsyncDisposable {
  readonly port: number;
  /** A line for a known_hosts file. */
  readonly knownHost: string;
  /** Its `.ssh` holds a key that opens the server, and knows the server. */
  readonly homeFolder: string;
  readonly rootFolder: string;
  /** @param path below the root folder, without a slash in front */
  urlOf(path: string, scheme?: 'sftp' | 'scp'): string;
}

const portAttempts = 5;

/** Needs `sshd` and `ssh-keygen`. It lets in the user that runs it, by key alone. Stop it in the test that started it. */
export async function startSshd(): Promise<Sshd> {
  const workFolder = await mkdtemp(join(tmpdir(), 'sluice-sshd-'));
  const [homeFolder, rootFolder] = [join(workFolder, 'home'), join(workFolder, 'root')];
  await mkdir(join(homeFolder, '.ssh'), { recursive: true, mode: 0o700 });
  await mkdir(rootFolder);
  const hostKey = join(workFolder, 'host-key');
  const userKey = join(homeFolder, '.ssh', 'id_ed25519');
  for (const path of [hostKey, userKey]) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  // Started as root it wants a place of its own to drop its rights in.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const clean = (): Promise<void> => rm(workFolder, { recursive: true, force: true });
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const configPath = join(workFolder, 'sshd_config');
    await writeFile(configPath, configOf({ port, hostKey, authorizedKeys: `${userKey}.pub` }));
    let server: ServerProcess;
    try {
      server = await startServerProcess('/usr/sbin/sshd', ['-D', '-e', '-f', configPath], port);
    } catch (error) {
      // Somebody else may have taken the port since it was found.
      if (attempt < portAttempts && /cannot bind/i.test(String(error))) continue;
      await clean();
      throw error;
    }
    const [kind = '', key = ''] = (await readFile(`${hostKey}.pub`, 'utf8')).split(' ');
    const knownHost = `[127.0.0.1]:${port} ${kind} ${key.trim()}\n`;
    await writeFile(join(homeFolder, '.ssh', 'known_hosts'), knownHost);
    return {
      port,
      knownHost,
      homeFolder,
      rootFolder,
      urlOf: (path, scheme = 'sftp') => `${scheme}://${userInfo().username}@127.0.0.1:${port}${rootFolder}/${path}`,
      async [Symbol.asyncDispose]() {
        await server.stop();
        await clean();
      },
    };
  }
}

function configOf(setting: {
  readonly port: number;
  readonly hostKey: string;
  readonly authorizedKeys: string;
}): string {
  return `
ListenAddress 127.0.0.1:${setting.port}
HostKey ${setting.hostKey}
AuthorizedKeysFile ${setting.authorizedKeys}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
Subsystem sftp internal-sftp
`;
}
