/** Free space where downloads go, looked up now and then. */
import { useEffect, useState } from 'react';
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';

const refreshMs = 15_000;

export interface Room {
  readonly folder: string;
  readonly freeBytes: number;
}

/** @returns undefined while it is not known */
export function useFreeSpace(): Room | undefined {
  const { engine } = useServices();
  const folder = useReplica((state) => state.settings.downloadFolder);
  const isConnected = useReplica((state) => state.connection === 'connected');
  const [room, setRoom] = useState<Room>();
  useEffect(() => {
    if (!isConnected) return undefined;
    const controller = new AbortController();
    function refresh(): void {
      engine.folderInfo({ folder, checkWritable: false }, controller.signal).then(
        (info) => setRoom(info.freeBytes === null ? undefined : { folder: info.folder, freeBytes: info.freeBytes }),
        () => setRoom(undefined),
      );
    }
    refresh();
    const timer = setInterval(refresh, refreshMs);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [engine, folder, isConnected]);
  return room;
}
