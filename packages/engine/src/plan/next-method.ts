/** Decides with which method a redirect is followed, and whether a body may go along. */

export type Method = 'GET' | 'POST';

/** RFC 9110 section 15.4: 307 and 308 keep the method; a form answered otherwise is fetched with GET, as browsers do. */
export function nextMethod(method: Method, status: number): Method {
  return status === 307 || status === 308 ? method : 'GET';
}
