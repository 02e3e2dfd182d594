/** The links of a `srcset`, without their widths and densities. */

/** A comma separates only behind white space or a descriptor, since links may hold some. */
export function srcsetLinks(value: string): readonly string[] {
  const links: string[] = [];
  let isDescriptor = false;
  for (const word of value.split(/\s+/u)) {
    if (word === '') continue;
    if (!isDescriptor) {
      const start = leadingCommas(word);
      const end = trailingCommas(word, start);
      if (end > start) links.push(word.slice(start, end));
      isDescriptor = end === word.length && end > start;
      continue;
    }
    // `2x,https://…`: a descriptor holds no link.
    const comma = word.indexOf(',');
    if (comma === -1) continue;
    const next = word.slice(comma + 1);
    const end = trailingCommas(next, 0);
    if (end > 0) links.push(next.slice(0, end));
    isDescriptor = end > 0 && end === next.length;
  }
  return links;
}

function leadingCommas(word: string): number {
  let start = 0;
  while (word[start] === ',') start += 1;
  return start;
}

function trailingCommas(word: string, start: number): number {
  let end = word.length;
  while (end > start && word[end - 1] === ',') end -= 1;
  return end;
}
