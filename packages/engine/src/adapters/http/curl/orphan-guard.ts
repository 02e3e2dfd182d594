/** Ends curls that outlive this process, however that comes: one that waits for a silent server would not notice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** How long the guard waits for the next curl before it ends: it costs a process, and starting one costs time. */
const idleMs = 10_000;

/**
 * Is told on its input which curls live. The input ends with the process that writes it: then it kills those that are
 * left. Where the system tells when a process began, that has to be the same as before: numbers are given anew.
 */
const script = `
began() {
  mark=
  [ -r "/proc/$1/stat" ] && read -r line < "/proc/$1/stat" || return 0
  set -- \${line##*) }
  mark=\${20}
}
while read -r what pid; do
  case $what in
    +) began "$pid"; live="$live $pid:$mark" ;;
    -) kept=; for one in $live; do [ "\${one%%:*}" = "$pid" ] || kept="$kept $one"; done; live=$kept ;;
  esac
done
for one in $live; do
  pid=\${one%%:*}
  began "$pid"
  [ "$mark" = "\${one#*:}" ] && kill -9 "$pid"
done
`;

/**
 * For systems with a shell. On Windows there is nothing to do: libuv puts every child into a job object that ends with
 * this process. Without a shell a curl ends at its next write, or by its own time limits.
 */
export class OrphanGuard {
  readonly #live = new Set<number>();
  #shell: ChildProcess | null = null;
  #idle: NodeJS.Timeout | null = null;

  /** @param exited settles when the process is gone and was waited for, so that its number may be another's */
  watch(pid: number | undefined, exited: Promise<void>): void {
    if (pid === undefined || process.platform === 'win32') return;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#live.add(pid);
    if (this.#shell === null) this.#start();
    else this.#tell(`+ ${pid}`);
    void exited.then(() => this.#forget(pid));
  }

  #forget(pid: number): void {
    this.#live.delete(pid);
    this.#tell(`- ${pid}`);
    if (this.#live.size > 0) return;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#shell?.stdin?.end(), idleMs).unref();
  }

  /** In a session of its own: what a terminal sends to this process is not for it. It keeps no folder in use. */
  #start(): void {
    const shell: ChildProcess = spawn('/bin/sh', ['-c', script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      cwd: '/',
      env: {},
    });
    this.#shell = shell;
    const onGone = (): void => {
      if (this.#shell === shell) this.#shell = null;
    };
    shell.once('error', onGone);
    shell.once('exit', onGone);
    // Where no descriptor was left there is no pipe either.
    const { stdin } = shell;
    stdin?.on('error', () => {});
    // It is no reason for this process to live.
    shell.unref();
    if (stdin instanceof Socket) stdin.unref();
    for (const pid of this.#live) this.#tell(`+ ${pid}`);
  }

  #tell(line: string): void {
    const stdin = this.#shell?.stdin;
    if (stdin?.writable === true) stdin.write(`${line}\n`);
  }
}
