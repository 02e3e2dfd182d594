/** Real servers for tests and benchmarks: each on free ports of loopback, stopped by the code that started it. */
export { type ApacheOptions, startApache } from './apache.ts';
export { findFreePort } from './free-port.ts';
export { type NginxOptions, startNginx } from './nginx.ts';
export { type Proftpd, type ProftpdOptions, startProftpd } from './proftpd.ts';
export type { RealServer } from './real-server.ts';
export { type ServerProcess, startServerProcess } from './server-process.ts';
export { type Sshd, startSshd } from './sshd.ts';
