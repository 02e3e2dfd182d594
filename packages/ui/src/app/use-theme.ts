/** Follows the theme of the settings, on the page and around the window. */
import { useEffect } from 'react';
import { useServices } from './services.ts';
import { useReplica } from './use-store.ts';

export function useTheme(): void {
  const { platform, commands } = useServices();
  const theme = useReplica((state) => state.settings.theme);
  const known = useReplica((state) => state.connection !== 'connecting');
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    if (known && platform.setTheme !== undefined) commands.attempt(platform.setTheme(theme));
  }, [theme, known, platform, commands]);
}
