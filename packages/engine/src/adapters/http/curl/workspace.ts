/** A folder of one exchange's own, for what curl takes or gives by files alone; others cannot read it. */
import { mkdtemp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import type { Trust } from '../route.ts';
import type { CurlOption } from './curl-config.ts';
import { mergeKnownHosts } from './known-hosts.ts';
import { removeLeftWorkspaces, workspacePrefix } from './left-workspaces.ts';

/** As ssh(1) tries them, the best first. */
const keyNames = ['id_ed25519', 'id_ecdsa', 'id_rsa'] as const;

/** Once a process: whoever was killed before it started has left what it left. */
let sweeping: Promise<void> | null = null;

type Environment = Readonly<Record<string, string | undefined>>;

export class Workspace {
  /** Made when it is first needed: most transfers do without. */
  #making: Promise<string> | null = null;

  async close(): Promise<void> {
    const folder = await this.#making?.catch(() => null);
    if (typeof folder === 'string') await rm(folder, { recursive: true, force: true }).catch(() => {});
  }

  async path(name: string): Promise<string> {
    sweeping ??= removeLeftWorkspaces(tmpdir());
    this.#making ??= sweeping.then(() => mkdtemp(join(tmpdir(), workspacePrefix())));
    return join(await this.#making, name);
  }

  /** For its owner alone. */
  async write(name: string, content: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
    const path = await this.path(name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }

  /** Null when there is no such file. */
  async modifiedSeconds(name: string): Promise<number | null> {
    const facts = await stat(await this.path(name)).catch(() => null);
    return facts === null ? null : Math.floor(facts.mtimeMs / 1000);
  }

  /** @param authorities PEM, trusted beside those that Node trusts */
  async trustOptions(trust: Trust, authorities: readonly string[]): Promise<readonly CurlOption[]> {
    const { certificateAuthorities, clientCertificate, isInsecure } = trust;
    const options: CurlOption[] = isInsecure ? [['insecure', true]] : [];
    const added = [...authorities, ...certificateAuthorities];
    if (added.length > 0) {
      const bundle = [...getCACertificates('default'), ...added].join('\n');
      options.push(['cacert', await this.write('authorities.pem', bundle)]);
    }
    if (clientCertificate === null) return options;
    const { certificate, key, passphrase } = clientCertificate;
    options.push(['cert', await this.write('certificate.pem', certificate)]);
    options.push(['key', await this.write('key.pem', key)]);
    return passphrase === undefined ? options : [...options, ['pass', passphrase]];
  }

  /**
   * Who is known, and what to log in with. Without a list of known hosts curl would take any server: so it always
   * gets one, in the place that `CURL_HOME` names, and a server that is not in it is refused.
   */
  async sshSetting(environment: Environment): Promise<{ options: readonly CurlOption[]; environment: Environment }> {
    const home = environment['HOME'] ?? environment['USERPROFILE'] ?? homedir();
    const files = ['/etc/ssh/ssh_known_hosts', join(home, '.ssh', 'known_hosts'), join(home, '.ssh', 'known_hosts2')];
    const texts = await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')));
    const folder = await this.path('');
    await mkdir(join(folder, '.ssh'), { mode: 0o700 });
    await this.write(join('.ssh', 'known_hosts'), Buffer.from(mergeKnownHosts(texts), 'latin1'));
    const key = await firstFile(keyNames.map((name) => join(home, '.ssh', name)));
    return {
      options: key === null ? [] : [['key', key]],
      environment: { ...environment, CURL_HOME: folder },
    };
  }
}

async function firstFile(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const facts = await stat(path).catch(() => null);
    if (facts?.isFile() === true) return path;
  }
  return null;
}
