/** A link to this machine with a rate and losses: a network namespace for clients, shaped by the kernel. */
import { execFileSync } from 'node:child_process';
import { findProgram } from '../process/find-program.ts';

export interface ShapedLink {
  /** Put in front of a command to run it on the other side. */
  readonly prefix: readonly string[];
  /** Where this side can be reached from there. */
  readonly address: string;
  [Symbol.dispose](): void;
}

/** Why there can be no shaped link here, or null. */
export function whyNoShapedLink(): string | null {
  if (process.getuid?.() !== 0) return 'only root may shape a link';
  const missing = ['ip', 'tc', 'iptables'].filter((name) => findProgram(name) === null);
  return missing.length === 0 ? null : `${missing.join(', ')} must be installed`;
}

/**
 * @param options `megabitsPerSecond` in each direction; `loss` of packets that reach the client, from 0 to 1
 * @throws when the kernel refuses
 */
export function createShapedLink(options: { readonly megabitsPerSecond: number; readonly loss: number }): ShapedLink {
  const name = `sluice${process.pid}`;
  const [here, there] = [`sl${process.pid}h`, `sl${process.pid}t`];
  // One of the benchmark networks (RFC 2544, 198.18.0.0/15), so that nothing else is meant by it.
  const address = '198.18.77.1';
  const run = (words: string): void => {
    const [program = '', ...rest] = words.split(' ');
    execFileSync(program, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const rate = `rate ${options.megabitsPerSecond}mbit burst 64kb latency 60ms`;
  run(`ip netns add ${name}`);
  try {
    run(`ip link add ${here} type veth peer name ${there} netns ${name}`);
    run(`ip address add ${address}/30 dev ${here}`);
    run(`ip link set ${here} up`);
    run(`ip -n ${name} address add 198.18.77.2/30 dev ${there}`);
    run(`ip -n ${name} link set ${there} up`);
    run(`ip -n ${name} link set lo up`);
    run(`tc qdisc add dev ${here} root tbf ${rate}`);
    run(`tc -n ${name} qdisc add dev ${there} root tbf ${rate}`);
    run(
      `ip netns exec ${name} iptables -A INPUT -i ${there} -m statistic --mode random --probability ${options.loss} -j DROP`,
    );
  } catch (error) {
    run(`ip netns delete ${name}`);
    throw error;
  }
  return {
    prefix: ['ip', 'netns', 'exec', name],
    address,
    [Symbol.dispose]: () => run(`ip netns delete ${name}`),
  };
}
