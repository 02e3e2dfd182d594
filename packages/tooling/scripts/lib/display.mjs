/** Whether a window could be seen here. */

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 */
export function hasDisplay(env, platform) {
  if (platform === 'darwin' || platform === 'win32') return true;
  return [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((value) => value !== undefined && value !== '');
}
