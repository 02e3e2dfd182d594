/** The window's public surface: hosts mount the app and tell it about their platform. */
import './no-eval.ts';
export { mountApp, type MountedApp, type MountOptions } from './mount-app.tsx';
export type { LinkedEngine } from './replica/engine-link.ts';
export type { PlatformServices } from './platform.ts';
