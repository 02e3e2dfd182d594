/** A real Apache httpd on loopback, serving a folder. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RealServer, type RealServerOptions, type ServerOptions, startRealServer } from './real-server.ts';

export interface ApacheOptions extends RealServerOptions {
  /** Directives for the whole server, such as `SetOutputFilter DEFLATE`. */
  readonly directives?: string;
  /** Modules beyond those every instance has: `deflate`, `ratelimit`… */
  readonly modules?: readonly string[];
}

const modulesFolder = '/usr/lib/apache2/modules';

/** Needs Debian's apache2. Stop it in the test that started it. */
export function startApache(options: ApacheOptions = {}): Promise<RealServer> {
  return startRealServer(async (setting) => {
    const configPath = join(setting.workFolder, 'apache.conf');
    await writeFile(configPath, configOf(setting, options));
    return ['/usr/sbin/apache2', '-D', 'FOREGROUND', '-d', setting.workFolder, '-f', configPath];
  }, options);
}

function configOf(setting: ServerOptions, options: ApacheOptions): string {
  const modules = ['mpm_event', 'authz_core', 'ssl', 'socache_shmcb', ...(options.modules ?? [])]
    .map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`)
    .join('\n');
  // Started by root, it insists on another user for its workers, who then needs a way into the root folder.
  const user = process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : '';
  return `
${modules}
${user}
ServerName 127.0.0.1
PidFile ${join(setting.workFolder, 'apache.pid')}
DefaultRuntimeDir ${setting.workFolder}
Mutex file:${setting.workFolder} default
ErrorLog ${join(setting.workFolder, 'error.log')}
LogLevel error
StartServers 1
Listen 127.0.0.1:${setting.httpPort}
Listen 127.0.0.1:${setting.httpsPort}
DocumentRoot ${setting.rootFolder}
<Directory ${setting.rootFolder}>
  Require all granted
</Directory>
${options.directives ?? ''}
<VirtualHost 127.0.0.1:${setting.httpsPort}>
  SSLEngine on
  SSLCertificateFile ${setting.certificatePath}
  SSLCertificateKeyFile ${setting.keyPath}
</VirtualHost>
`;
}
