/** Finds the sentences for an error, whatever was thrown. */
import { errorToInfo, type ErrorInfo } from '@sluice/contract';
import type { TFunction } from 'i18next';
import type { errorVariants } from './en/errors.ts';

export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export function errorText(t: TFunction, error: ErrorInfo): ErrorText {
  const variant = variantOf(error);
  if (variant !== null) {
    const facts = { version: '', scheme: '', character: '', written: '', name: '', ...error.facts };
    return { what: t(`errorVariants.${variant}.what`, facts), next: t(`errorVariants.${variant}.next`, facts) };
  }
  return { what: t(`errors.${error.code}.what`), next: t(`errors.${error.code}.next`) };
}

export function thrownText(t: TFunction, error: unknown): ErrorText {
  return errorText(t, errorToInfo(error));
}

function variantOf({ code, facts = {} }: ErrorInfo): keyof typeof errorVariants | null {
  const { missing, problem, login, network, status, scheme, name, comes } = facts;
  if (network === 'away') return 'networkAway';
  if (code === 'http-unauthorized') return login === 'refused' ? 'loginRefused' : null;
  if (code === 'http-forbidden') return status === 451 ? 'legalReasons' : null;
  if (code === 'redirect-unsafe') return scheme === 'http' ? 'redirectDowngrade' : null;
  if (code === 'page-instead-of-file') return comes === 'later' ? 'pageInsteadOfRest' : null;
  if (code === 'request-invalid') return name === undefined ? null : 'settingRefused';
  if (code === 'ssh-host-key') return problem === 'changed' ? 'hostKeyChanged' : null;
  if (code === 'url-invalid') return problem === 'login' ? 'loginMistyped' : null;
  if (code === 'url-unsupported') return problem === 'folder' ? 'folder' : null;
  if (code !== 'unsupported' || missing === undefined) return null;
  if (missing === 'curl') return 'curlMissing';
  return String(missing).startsWith('curl ') ? 'curlTooOld' : 'curlLacks';
}
