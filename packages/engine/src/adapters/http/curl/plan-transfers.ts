/** Turns a request into the transfers that curl is to carry out, and says how their account is to be read. */
import type { HttpRequest } from '../../../ports/http.ts';
import { isSource, measuredBody } from '../measured-body.ts';
import { checkRequestHeaders } from '../request-head.ts';
import type { CurlOption } from './curl-config.ts';
import { type CurlTarget, rangeOf } from './curl-target.ts';
import { FtpHead } from './heads/ftp-head.ts';
import type { HeadSource } from './heads/head.ts';
import { HttpHead } from './heads/http-head.ts';
import { beyondEveryEnd, ScpHead, SftpHead } from './heads/ssh-head.ts';
import { commonOptions, loginOptions, rangeOptions, webOptions } from './transfer-options.ts';
import type { Workspace } from './workspace.ts';

export interface TransferPlan {
  /** The last one is the file's; its body goes to curl's standard output. */
  readonly transfers: readonly (readonly CurlOption[])[];
  readonly head: HeadSource;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface CurlTransferOptions {
  readonly target: CurlTarget;
  readonly request: HttpRequest;
  readonly workspace: Workspace;
  readonly environment: TransferPlan['environment'];
  /** PEM, trusted beside the request's own. */
  readonly certificateAuthorities: readonly string[];
  /** What `--write-out` is to say. */
  readonly format: string;
  /** Asks for the whole, whatever the request says. */
  readonly isWhole: boolean;
}

/** @throws `request-invalid` */
export async function planTransfers(question: CurlTransferOptions): Promise<TransferPlan> {
  const { target, request, workspace, environment, format } = question;
  const common = commonOptions(target, request, format);
  const range = question.isWhole ? null : rangeOf(request);
  switch (target.scheme) {
    case 'http':
    case 'https': {
      checkRequestHeaders(request.headers);
      const bodyPath =
        request.body === undefined
          ? null
          : await workspace.write('body', isSource(request.body) ? measuredBody(request.body) : request.body);
      const trust = await trustOptions(question);
      return {
        transfers: [[...common, ...trust, ...webOptions(request, bodyPath)]],
        head: new HttpHead(),
        environment,
      };
    }
    case 'ftp':
    case 'ftps': {
      const login = [...(await trustOptions(question)), ...loginOptions(target, request)];
      const transfer: readonly CurlOption[] = [...common, ...login, ['remote-time', true], ...rangeOptions(range)];
      return { transfers: [transfer], head: new FtpHead(range), environment };
    }
    case 'sftp': {
      const ssh = await sshSetting(question);
      const options = [...common, ...ssh.options];
      const head = new SftpHead({ range, readModifiedSeconds: () => workspace.modifiedSeconds('first') });
      const first: readonly CurlOption[] = [
        ...options,
        ['range', '0-0'],
        ['remote-time', true],
        ['output', await workspace.path('first')],
      ];
      const size: readonly CurlOption[] = [
        ...options,
        ['continue-at', beyondEveryEnd],
        ['output', await workspace.path('size')],
      ];
      return { transfers: [first, size, [...options, ...rangeOptions(range)]], head, environment: ssh.environment };
    }
    case 'scp': {
      const ssh = await sshSetting(question);
      return { transfers: [[...common, ...ssh.options]], head: new ScpHead(), environment: ssh.environment };
    }
    default:
      return target.scheme satisfies never;
  }
}

function trustOptions({
  workspace,
  target,
  certificateAuthorities,
}: CurlTransferOptions): Promise<readonly CurlOption[]> {
  return workspace.trustOptions(target.route.trust, certificateAuthorities);
}

async function sshSetting(
  question: CurlTransferOptions,
): Promise<{ readonly options: readonly CurlOption[]; readonly environment: TransferPlan['environment'] }> {
  const { workspace, target, request } = question;
  const { options, environment } = await workspace.sshSetting(question.environment);
  const insecure: readonly CurlOption[] = target.route.trust.isInsecure ? [['insecure', true]] : [];
  return { options: [...options, ...insecure, ...loginOptions(target, request)], environment };
}
