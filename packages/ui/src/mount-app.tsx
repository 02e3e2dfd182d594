/** Mounts the window into an element of a host's page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createServices } from './app/services.ts';
import { allowEmptyMarkup } from './app/trusted-markup.ts';
import type { LinkedEngine } from './replica/engine-link.ts';
import type { PlatformServices } from './platform.ts';
import './style/index.css';

export interface MountOptions {
  readonly element: HTMLElement;
  readonly engine: LinkedEngine;
  readonly platform: PlatformServices;
  /** Opens a new connection after `engine` was lost; asked again, ever more slowly, until it succeeds. */
  readonly reconnect?: () => Promise<LinkedEngine>;
}

export interface MountedApp {
  unmount(): void;
}

export function mountApp(options: MountOptions): MountedApp {
  claimPressStyle();
  allowEmptyMarkup();
  const services = createServices(options);
  // Named, not counted: widgets add elements of their own to the body, before it and behind it.
  options.element.classList.add('window-root');
  const root = createRoot(options.element);
  root.render(
    <StrictMode>
      <App services={services} />
    </StrictMode>,
  );
  return {
    unmount: () => {
      root.unmount();
      services.close();
    },
  };
}

/**
 * React Aria adds a <style> element for touch screens unless an element with this id exists. The content
 * security policy forbids such elements, so the rule lives in our style sheet and the id is taken here.
 */
function claimPressStyle(): void {
  const id = 'react-aria-pressable-style';
  if (document.getElementById(id) !== null) return;
  const placeholder = document.createElement('meta');
  placeholder.id = id;
  document.head.append(placeholder);
}
