/** A file name that keeps its end in sight, and whose writing direction stays its own. */
import { splitName } from '../text/split-name.ts';

export function FileName({ name }: { readonly name: string }) {
  const { head, tail } = splitName(name);
  return (
    <bdi className="file-name" title={name}>
      <span className="file-name-head">{head}</span>
      {tail !== '' && <span className="file-name-tail">{tail}</span>}
    </bdi>
  );
}
