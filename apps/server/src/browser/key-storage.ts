/**
 * Where this browser keeps its key: localStorage belongs to one scheme, address and port, so that no other server of
 * this machine can read it, as it could a cookie.
 */
const keyName = 'sluice-key';

/** For a browser that keeps nothing: the key lives as long as the page. */
let pageKey: string | null = null;

export function readKey(): string | null {
  try {
    return localStorage.getItem(keyName) ?? pageKey;
  } catch {
    return pageKey;
  }
}

export function saveKey(key: string): void {
  pageKey = key;
  try {
    localStorage.setItem(keyName, key);
  } catch {
    // Storage is off or full.
  }
}

export function forgetKey(): void {
  pageKey = null;
  try {
    localStorage.removeItem(keyName);
  } catch {
    // Storage is off.
  }
}
