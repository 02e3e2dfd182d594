/** JSON as text that does not depend on the order in which an object's members were written. */

/**
 * @returns the same text for values that JSON says are equal: members of objects are unordered, RFC 8259 section 4
 * @throws TypeError for what JSON cannot hold, such as a bigint or a cycle
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value) ?? 'null')));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  // A list of pairs instead of an object: an object would put names that look like numbers first.
  return { members: members.map(([name, member]) => [name, sorted(member)]) };
}
