/** Tells apart what one error code covers, where its facts say more than the code and another sentence helps more. */
import type { ErrorCode, ErrorInfo } from '@sluice/contract';

export type Situation =
  | 'networkAway'
  | 'hostCooldown'
  | 'loginRefused'
  | 'loginMistyped'
  | 'legalReasons'
  | 'hostKeyChanged'
  | 'redirectDowngrade'
  | 'pageInsteadOfRest'
  | 'headerOwned'
  | 'settingRefused'
  | 'folderLink'
  | 'textLink'
  | ChecksumSituation
  | CurlSituation
  | ListSituation;

type ChecksumSituation = 'checksumOfServer' | 'checksumOfList' | 'checksumOfUser';
type CurlSituation = 'curlMissing' | 'curlTooOld' | 'curlLacks';
type ListSituation =
  | 'listTooNew'
  | 'listIsFolder'
  | 'listDenied'
  | 'listFolderMissing'
  | 'listDiskFull'
  | 'listDiskFailed';

/** The situation that the facts tell, or the code where they tell no more than it. */
export function situationOf({ code, facts = {} }: ErrorInfo): ErrorCode | Situation {
  if (facts['network'] === 'away') return 'networkAway';
  if ('cooldownOf' in facts) return 'hostCooldown';
  return listSituation({ code, facts }) ?? situationOfCode(code, facts) ?? code;
}

function situationOfCode(code: ErrorCode, facts: NonNullable<ErrorInfo['facts']>): Situation | null {
  const { problem, login, status, scheme, comes, name, from } = facts;
  switch (code) {
    case 'http-unauthorized':
      return login === 'refused' ? 'loginRefused' : null;
    case 'http-forbidden':
      return status === 451 ? 'legalReasons' : null;
    case 'redirect-unsafe':
      return scheme === 'http' ? 'redirectDowngrade' : null;
    case 'page-instead-of-file':
      return comes === 'later' ? 'pageInsteadOfRest' : null;
    case 'request-invalid':
      return name === undefined ? null : 'settingRefused';
    case 'header-refused':
      return problem === 'owned' ? 'headerOwned' : null;
    case 'ssh-host-key':
      return problem === 'changed' ? 'hostKeyChanged' : null;
    case 'url-invalid':
      return problem === 'login' ? 'loginMistyped' : null;
    case 'url-unsupported':
      return problem === 'folder' ? 'folderLink' : problem === 'text' ? 'textLink' : null;
    case 'checksum-mismatch':
      return from === 'server'
        ? 'checksumOfServer'
        : from === 'beside'
          ? 'checksumOfList'
          : from === 'user'
            ? 'checksumOfUser'
            : null;
    case 'unsupported':
      return curlSituation(facts['missing']);
    default:
      return null;
  }
}

/** `missing` is curl itself, the version of it that is needed, or what this one was built without. */
function curlSituation(missing: string | number | undefined): CurlSituation | null {
  if (missing === undefined) return null;
  if (missing === 'curl') return 'curlMissing';
  return String(missing).startsWith('curl ') ? 'curlTooOld' : 'curlLacks';
}

/** What is wrong with the list's own folder or database rather than with a file that is fetched. */
function listSituation({ code, facts = {} }: ErrorInfo): ListSituation | null {
  if (code === 'database-unreadable') {
    if ('newestKnown' in facts) return 'listTooNew';
    return facts['is'] === 'folder' ? 'listIsFolder' : null;
  }
  if (facts['of'] !== 'list') return null;
  switch (code) {
    case 'file-access-denied':
      return 'listDenied';
    case 'folder-missing':
      return 'listFolderMissing';
    case 'disk-full':
      return 'listDiskFull';
    case 'disk-io':
      return 'listDiskFailed';
    default:
      return null;
  }
}
