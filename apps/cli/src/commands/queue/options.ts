/** `sluice queue` in words. */
import type { Command } from 'commander';
import { readListRequest } from '../list/request.ts';
import type { Parsed } from '../../arguments/usage-error.ts';
import { type QueueRequest, type RawQueueOptions, readQueueAdd, readQueueSchedule, readQueueSet } from './request.ts';
import { addOutputOptions } from '../../program/link-options.ts';
import { addDataOption } from '../../program/list-options.ts';
import type { ProgramDeps } from '../../program/program-deps.ts';

export function describeQueue(program: Command, { context, accept, end }: ProgramDeps): void {
  const { workingFolder } = context;
  const queue = program
    .command('queue')
    .description('show and change the queues: how many run together, how fast, and when')
    .helpGroup('The list:')
    .addHelpText('after', help);
  add('ls', 'show the queues').action((raw: RawQueueOptions) =>
    run({ kind: 'ok', value: { ...readListRequest(raw, workingFolder), action: { kind: 'list' } } }),
  );
  addRules(add('add', 'create a queue').argument('<name>', 'name of the queue')).action(
    (name: string, raw: RawQueueOptions) => run(readQueueAdd(name, raw, workingFolder)),
  );
  addRules(addQueue('set', 'change a queue'))
    .option('--name <name>', 'new name')
    .action((which: string, raw: RawQueueOptions) => run(readQueueSet(which, raw, workingFolder)));
  addQueue('schedule', 'set the hours at which a queue runs')
    .argument('<hours...>', "'mon-fri 22:00-06:00', 'daily 01:00-05:00', or always")
    .action((which: string, windows: readonly string[], raw: RawQueueOptions) =>
      run(readQueueSchedule({ queue: which, windows }, raw, workingFolder)),
    );
  addPausing('pause', 'start no downloads from a queue; what has arrived is kept', true);
  addPausing('resume', 'start downloads from a queue again', false);
  addQueue('rm', 'remove a queue; its downloads move to the main queue').action((which: string, raw: RawQueueOptions) =>
    run(withAction(raw, { kind: 'remove', queue: which })),
  );

  function add(name: string, description: string): Command {
    return addDataOption(addOutputOptions(queue.command(name).description(description)));
  }

  function addQueue(name: string, description: string): Command {
    return add(name, description).argument('<queue>', 'name of the queue; Main always exists');
  }

  function addPausing(name: string, description: string, isPaused: boolean): void {
    addQueue(name, description).action((which: string, raw: RawQueueOptions) =>
      run(withAction(raw, { kind: 'change', queue: which, change: { isPaused } })),
    );
  }

  function withAction(raw: RawQueueOptions, action: QueueRequest['action']): Parsed<QueueRequest> {
    return { kind: 'ok', value: { ...readListRequest(raw, workingFolder), action } };
  }

  async function run(parsed: Parsed<QueueRequest>): Promise<void> {
    const request = accept(parsed);
    if (request === null) return;
    const { runQueue } = await import('./run.ts');
    end(await runQueue(request, context));
  }
}

function addRules(command: Command): Command {
  return command
    .optionsGroup('Limits of the queue:')
    .option('--max-running <number>', 'downloads at the same time, 1 to 64; 0 = as in the settings')
    .option('--limit-rate <rate>', 'bytes per second for the whole queue; 0 = no limit')
    .option('--hours <hours>', "hours at which it runs: 'mon-fri 22:00-06:00; sat,sun 00:00-24:00', or always");
}

const help = `
A download is put into a queue with "sluice add --queue NAME" or "sluice set --queue NAME"; without, it is in Main.

Examples:
  sluice queue add Night --hours 'daily 01:00-06:00' --max-running 2
  sluice queue schedule Night 'mon-fri 22:00-06:00' 'sat,sun 00:00-24:00'
  sluice add --queue Night https://example.com/big.iso
  sluice queue pause Night`;
