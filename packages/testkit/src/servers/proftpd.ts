/** A real ProFTPD on loopback: one folder over ftp, over ftps, and over sftp and scp with a password. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { testCertificate } from '../origin/certificates.ts';
import { findFreePort } from './free-port.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface ProftpdOptions {
  /** Directives for every server, such as `MaxClients 1` or `<Limit SIZE MDTM>DenyAll</Limit>`. */
  readonly directives?: string;
}

export interface Proftpd extends AsyncDisposable {
  readonly username: string;
  readonly password: string;
  readonly port: number;
  /** Of TLS from the first byte. */
  readonly securePort: number;
  readonly sshPort: number;
  /** The issuer of the TLS certificate, PEM. */
  readonly certificatePem: string;
  /** A line for a known_hosts file. */
  readonly knownHost: string;
  /** Where logins land. */
  readonly rootFolder: string;
  /** With user name and password. @param path without a slash in front */
  urlOf(path: string, scheme?: 'ftp' | 'ftps' | 'sftp' | 'scp'): string;
}

const login = { username: 'tester', password: 'open: "sesame" \\o/' };
const portAttempts = 5;

/** Needs `proftpd` with its crypto modules, `ssh-keygen` and `openssl`. Stop it in the test that started it. */
export async function startProftpd(options: ProftpdOptions = {}): Promise<Proftpd> {
  const workFolder = await mkdtemp(join(tmpdir(), 'sluice-proftpd-'));
  const rootFolder = await mkdtemp(join(tmpdir(), 'sluice-root-'));
  await chmod(rootFolder, 0o755);
  const keyPath = join(workFolder, 'ssh-host-key');
  execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', keyPath]);
  const hash = execFileSync('openssl', ['passwd', '-6', login.password], { encoding: 'utf8' }).trim();
  const { uid, gid } = userInfo();
  const account = `${login.username}:${hash}:${uid}:${gid}::${rootFolder}:/bin/sh\n`;
  await writeFile(join(workFolder, 'accounts'), account, { mode: 0o600 });
  const clean = async (): Promise<void> => {
    await rm(workFolder, { recursive: true, force: true });
    await rm(rootFolder, { recursive: true, force: true });
  };
  for (let attempt = 1; ; attempt += 1) {
    const ports = { port: await findFreePort(), securePort: await findFreePort(), sshPort: await findFreePort() };
    const configPath = join(workFolder, 'proftpd.conf');
    await writeFile(configPath, configOf(workFolder, ports, options.directives ?? ''));
    let server: ServerProcess;
    try {
      server = await startServerProcess('/usr/sbin/proftpd', ['-n', '-q', '-c', configPath], ports.port);
    } catch (error) {
      // Somebody else may have taken a port since it was found.
      if (attempt < portAttempts) continue;
      await clean();
      throw error;
    }
    const [kind = '', key = ''] = (await readFile(`${keyPath}.pub`, 'utf8')).split(' ');
    return {
      ...login,
      ...ports,
      certificatePem: testCertificate('trusted').certificatePem,
      knownHost: `[127.0.0.1]:${ports.sshPort} ${kind} ${key}\n`,
      rootFolder,
      urlOf(path, scheme = 'ftp') {
        const port = scheme === 'ftp' ? ports.port : scheme === 'ftps' ? ports.securePort : ports.sshPort;
        // Paths of ssh start at the root of the system.
        const folder = scheme === 'sftp' || scheme === 'scp' ? `${rootFolder}/` : '/';
        return `${scheme}://${login.username}:${encodeURIComponent(login.password)}@127.0.0.1:${port}${folder}${path}`;
      },
      async [Symbol.asyncDispose]() {
        await server.stop();
        await clean();
      },
    };
  }
}

function configOf(
  workFolder: string,
  ports: Pick<Proftpd, 'port' | 'securePort' | 'sshPort'>,
  directives: string,
): string {
  const certificate = testCertificate('trusted');
  const common = `
  AuthUserFile ${join(workFolder, 'accounts')}
  RootLogin on
  RequireValidShell off
  AllowRetrieveRestart on
  DelayEngine off
  ${directives}`;
  return `
ModulePath /usr/lib/proftpd
LoadModule mod_tls.c
LoadModule mod_sftp.c
ServerType standalone
DefaultAddress 127.0.0.1
SocketBindTight on
UseIPv6 off
UseReverseDNS off
User ${userInfo().username}
Group ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}
AuthOrder mod_auth_file.c
PidFile ${join(workFolder, 'pid')}
ScoreboardFile none
WtmpLog off
TransferLog none
SystemLog ${join(workFolder, 'log')}
Port ${ports.port}
${common}
<VirtualHost 127.0.0.1>
  Port ${ports.securePort}
  TLSEngine on
  TLSRequired on
  TLSOptions UseImplicitSSL NoSessionReuseRequired
  TLSLog none
  TLSRSACertificateFile ${certificate.certificatePath}
  TLSRSACertificateKeyFile ${certificate.keyPath}
${common}
</VirtualHost>
<VirtualHost 127.0.0.1>
  Port ${ports.sshPort}
  SFTPEngine on
  SFTPHostKey ${join(workFolder, 'ssh-host-key')}
  SFTPAuthMethods password
  SFTPLog none
${common}
</VirtualHost>
`;
}
