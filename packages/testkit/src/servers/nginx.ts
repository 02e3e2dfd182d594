/** A real nginx on loopback, serving a folder. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RealServer, type RealServerOptions, type ServerOptions, startRealServer } from './real-server.ts';

export interface NginxOptions extends RealServerOptions {
  /** Directives for the `location /` block, such as `limit_rate 4m;` or `gzip on; gzip_types *;`. */
  readonly locationDirectives?: string;
  /** Directives for the `http` block, such as `limit_conn_zone …`. */
  readonly httpDirectives?: string;
  /** Default 1. */
  readonly workers?: number;
}

/** Needs `nginx` on the PATH or in /usr/sbin. Stop it in the test that started it. */
export function startNginx(options: NginxOptions = {}): Promise<RealServer> {
  return startRealServer(async (setting) => {
    const configPath = join(setting.workFolder, 'nginx.conf');
    await writeFile(configPath, configOf(setting, options));
    return ['/usr/sbin/nginx', '-p', setting.workFolder, '-c', configPath, '-e', 'stderr'];
  }, options);
}

function configOf(setting: ServerOptions, options: NginxOptions): string {
  const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${join(setting.workFolder, name)};`)
    .join('\n');
  // The root folder may be readable by its owner alone, so workers stay who they are.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `
daemon off;
${user}
worker_processes ${options.workers ?? 1};
pid ${join(setting.workFolder, 'nginx.pid')};
error_log stderr error;
events { worker_connections 4096; }
http {
${temporaryPaths}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000;
  types { }
  default_type application/octet-stream;
  ${options.httpDirectives ?? ''}
  server {
    listen 127.0.0.1:${setting.httpPort};
    listen 127.0.0.1:${setting.httpsPort} ssl;
    ssl_certificate ${setting.certificatePath};
    ssl_certificate_key ${setting.keyPath};
    root ${setting.rootFolder};
    location / { ${options.locationDirectives ?? ''} }
  }
}
`;
}
