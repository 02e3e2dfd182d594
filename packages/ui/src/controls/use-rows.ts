/** Rows of a list that is edited in place: each keeps an id of its own while others come and go. */
import { useState } from 'react';

interface Row<Value> {
  /** Different from every other row's, and never given to another row. */
  readonly id: number;
  readonly value: Value;
}

/** Each step shows itself, and gives back all values as they are after it, in order. */
export interface Rows<Value> {
  readonly rows: readonly Row<Value>[];
  add(value: Value): readonly Value[];
  change(id: number, value: Value): readonly Value[];
  remove(id: number): readonly Value[];
}

/** @param initial the values at first; later ones are not looked at, since what is being typed comes before them */
export function useRows<Value>(initial: readonly Value[]): Rows<Value> {
  const [rows, setRows] = useState(() => initial.map((value, id): Row<Value> => ({ id, value })));
  const [freeId, setFreeId] = useState(initial.length);
  function show(next: Row<Value>[]): readonly Value[] {
    setRows(next);
    return next.map(({ value }) => value);
  }
  return {
    rows,
    add: (value) => {
      setFreeId(freeId + 1);
      return show([...rows, { id: freeId, value }]);
    },
    change: (id, value) => show(rows.map((row) => (row.id === id ? { id, value } : row))),
    remove: (id) => show(rows.filter((row) => row.id !== id)),
  };
}
