/**
 * What every Channel must do, as a list any test runner can run:
 * `for (const { name, run } of channelConformance) test(name, () => run(makePair))`.
 */
import { channelCases } from './conformance-channel.ts';
import type { ChannelCase } from './conformance-kit.ts';
import { rpcCases } from './conformance-rpc.ts';

export type { ChannelCase, ChannelPair, MakePair } from './conformance-kit.ts';

export const channelConformance: readonly ChannelCase[] = [...channelCases, ...rpcCases];
