/** A file name that keeps its end in sight, and whose writing direction stays its own. */
import { useMemo } from 'react';
import { useView } from '../app/use-store.ts';
import { readSearch } from '../list/order/search-terms.ts';
import { splitName } from '../text/split-name.ts';
import { MarkedText } from './marked-text.tsx';

export function FileName({ name }: { readonly name: string }) {
  const search = useView((state) => state.search);
  const words = useMemo(() => readSearch(search).words, [search]);
  const { head, tail } = splitName(name);
  return (
    <bdi className="file-name" title={name}>
      <span className="file-name-head">
        <MarkedText text={head} words={words} />
      </span>
      {tail !== '' && (
        <span className="file-name-tail">
          <MarkedText text={tail} words={words} />
        </span>
      )}
    </bdi>
  );
}
