/** Carries out a command about the list: joins the host, lets the command speak, and leaves in order. */
import { SluiceError } from '@sluice/contract';
import type { OutputForm } from '../get/request.ts';
import type { ExitCode } from '../../exit-codes.ts';
import type { CliContext } from '../../cli-context.ts';
import { joinHost, type JoinedHost } from './join-host.ts';
import { Output } from './output.ts';

export interface ListRequest {
  /** Absolute; null is the one that the desktop app uses. */
  readonly dataFolder: string | null;
  readonly output: OutputForm;
  /** Without a list, none is begun. */
  readonly isReadOnly?: boolean;
}

/** A Sluice that ends while it is told something may not have answered: the list it left is told again, once. */
export async function withList(
  request: ListRequest,
  context: CliContext,
  work: (host: JoinedHost, output: Output) => Promise<ExitCode>,
): Promise<ExitCode> {
  const output = new Output(context, request.output);
  try {
    return await once(request, output, work).catch((error: unknown) => {
      if (error instanceof SluiceError && error.code === 'disconnected') return once(request, output, work);
      throw error;
    });
  } catch (error) {
    return output.endWithError(error);
  }
}

async function once(
  { dataFolder, isReadOnly = false }: ListRequest,
  output: Output,
  work: (host: JoinedHost, output: Output) => Promise<ExitCode>,
): Promise<ExitCode> {
  const host = await joinHost({ dataFolder, carriesOut: false, isReadOnly });
  for (const notice of host.notices) output.notice(notice);
  try {
    return await work(host, output);
  } finally {
    await host.close();
  }
}

/** Said after a command that lets downloads start. */
export function hintAtRest(host: JoinedHost, output: Output): void {
  if (host.isElsewhere) return;
  output.hint('No Sluice is running, so nothing starts yet. Start one: sluice watch, sluice serve or the desktop app.');
}
