/** Works out which rows are shown, when something changed that filter, search or sort look at. */
import { useDeferredValue, useEffect } from 'react';
import { useServices } from '../../app/services.ts';
import { useReplica, useView } from '../../app/use-store.ts';
import { useNow } from '../../app/use-now.ts';
import { showOrder } from '../../view/view-store.ts';
import { isVolatile, queryIds } from './list-query.ts';

export function useListOrder(): void {
  const { replica, view } = useServices();
  const shapeRevision = useReplica((state) => state.shapeRevision);
  const filter = useView((state) => state.filter);
  const queueId = useView((state) => state.queueId);
  const search = useDeferredValue(useView((state) => state.search));
  const sort = useView((state) => state.sort);
  const hidden = useView((state) => state.hidden);
  // Rows that change places ten times a second cannot be clicked; once a second is as fast as it may be.
  const nowMs = useNow();
  const tick = isVolatile(sort) ? nowMs : 0;
  useEffect(() => {
    showOrder(
      view,
      queryIds(replica.getState().downloads.values(), { filter, queueId, search, sort, hidden, nowMs: Date.now() }),
    );
  }, [replica, view, shapeRevision, filter, queueId, search, sort, hidden, tick]);
}
