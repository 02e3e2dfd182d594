/** The version of the command, from its own package. */
import packageJson from '../package.json' with { type: 'json' };

export const { version } = packageJson;
