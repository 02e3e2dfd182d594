/** How a command about the list answers: rows for a person, one JSON object a line for a script, or only what is wrong. */
import { type DownloadView, type ErrorInfo, errorToInfo } from '@sluice/contract';
import type { HostNotice } from '@sluice/host';
import type { OutputForm } from '../get/request.ts';
import type { UsageError } from '../../arguments/usage-error.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { explainUsageError } from '../../explain-usage-error.ts';
import type { JsonLine } from '../../report/json-reporter.ts';
import { explain, explainNotice } from '../../sentences.ts';
import type { CliContext } from '../../cli-context.ts';
import { styleFor } from '../../terminal/style.ts';
import { downloadTable } from './download-table.ts';
import { idLength } from './select-downloads.ts';

export class Output {
  readonly #context: CliContext;
  readonly #form: OutputForm;

  constructor(context: CliContext, form: OutputForm) {
    this.#context = context;
    this.#form = form;
  }

  /** For people. */
  say(text: string): void {
    if (this.#form === 'progress') this.#context.out(`${text}\n`);
  }

  /** For people, beside what was asked for: standard output may go into a file. */
  hint(text: string): void {
    if (this.#form === 'progress') this.#context.error(`sluice: ${text}\n`);
  }

  /** For scripts. */
  tell(line: JsonLine): void {
    if (this.#form === 'json') this.#context.out(`${JSON.stringify(line)}\n`);
  }

  /** @param all the whole list, so that ids are told apart in it */
  show(downloads: readonly DownloadView[], all: readonly DownloadView[]): void {
    for (const download of downloads) this.tell({ kind: 'download', download });
    if (this.#form !== 'progress') return;
    const { terminal, environment, platform } = this.#context;
    const style = terminal ? styleFor(environment, platform) : { colour: false, unicode: true };
    const columns = terminal ? this.#context.size().columns : null;
    for (const row of downloadTable(downloads, { idLength: idLength(all), style, columns })) this.say(row);
  }

  /** Writes to standard error in every output form. */
  complain(text: string): void {
    if (this.#form !== 'json') this.#context.error(`sluice: ${text}\n`);
  }

  notice(notice: HostNotice): void {
    this.tell({ kind: 'notice', notice });
    this.complain(explainNotice(notice));
  }

  /** The last word. */
  end(exitCode: ExitCode, error?: ErrorInfo): ExitCode {
    this.tell({ kind: 'end', exitCode, ...(error === undefined ? {} : { error }) });
    return exitCode;
  }

  endWithUsageError(usageError: UsageError): ExitCode {
    const detail = explainUsageError(usageError);
    this.complain(detail);
    return this.end(exitCodes.usage, { code: 'request-invalid', detail });
  }

  endWithError(error: unknown): ExitCode {
    const info = errorToInfo(error);
    this.complain(explain(info));
    return this.end(exitCodeOf(info.code), info);
  }
}
