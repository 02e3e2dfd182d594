/** The settings as they are, and a way to change some of them. */
import type { Settings, SettingsPatch } from '@sluice/contract';
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';

export interface SettingsAccess {
  readonly settings: Settings;
  write(patch: SettingsPatch): void;
}

export function useSettings(): SettingsAccess {
  const { engine, commands } = useServices();
  const settings = useReplica((state) => state.settings);
  return { settings, write: (patch) => commands.attempt(engine.writeSettings(patch)) };
}
