/** What a person can set once for all downloads. Every field has a default, so an old file always parses. */
import { z } from 'zod';
import { maxAttemptsSchema, timeoutSchema } from './retries.ts';

export const themeSchema = z.enum(['system', 'light', 'dark']);
/** Of the window; `system` follows what the browser or the system prefers. */
export const languageSchema = z.enum(['system', 'en', 'de', 'es', 'fr', 'ja', 'zh', 'ar']);

/** 0 means "no limit" wherever a limit is a number. */
const limit = z.number().int().min(0);

/** What one host is allowed, other than the rest. */
export const hostLimitSchema = z.object({
  /** As it stands in links: the name, and the port where that is not the scheme's own. */
  host: z
    .string()
    .trim()
    .max(260)
    .regex(/^[^\s/@]+$/),
  /**
   * Ceiling of connections to it across downloads, and so of downloads from it at the same time: the others wait
   * in their queue, and what stands behind them there may start before them. 0 follows the settings.
   */
  maxConnections: z.number().int().min(0).max(256).default(0),
  /** Shared evenly by the downloads whose own link names it; 0 means no limit of its own. */
  speedLimitBytesPerSecond: limit.default(0),
});
export type HostLimit = z.infer<typeof hostLimitSchema>;

export const settingsSchema = z.object({
  /** Where files go unless the user chooses otherwise; empty means the host's downloads folder. */
  downloadFolder: z.string().default(''),
  /** Downloads running at the same time. A lower number stops nothing that runs: it holds once enough of them have ended. */
  maxRunning: z.number().int().min(1).max(64).default(4),
  /** Ceiling of connections for one download; the engine opens only what pays. */
  maxConnections: z.number().int().min(1).max(64).default(16),
  /** Ceiling of connections to one host across downloads. */
  maxConnectionsPerHost: z.number().int().min(1).max(256).default(16),
  /** Hosts for which other limits hold than for the rest; no more than one entry a host counts. */
  hostLimits: z.array(hostLimitSchema).max(1000).default([]),
  /** Shared evenly by all running downloads. */
  speedLimitBytesPerSecond: limit.default(0),
  /** Failed attempts in a row without a new byte after which a download becomes `failed`; 0 means never. */
  maxAttempts: maxAttemptsSchema.default(25),
  /** The first wait after a failure; each further failure in a row doubles it. Half of every wait is left to chance. */
  retryWaitMs: z.number().int().min(100).max(3_600_000).default(1000),
  /** No wait grows beyond this, but for one that the server asked for. */
  retryWaitLimitMs: z.number().int().min(100).max(86_400_000).default(300_000),
  /** From a request to the head of its answer: name look-up, connecting and the server's thinking. */
  headTimeoutMs: timeoutSchema.default(30_000),
  /** The longest silence in the middle of an answer. */
  idleTimeoutMs: timeoutSchema.default(30_000),
  /** Look beside a file for a checksum that its site publishes, when neither the user nor the server names one. */
  findChecksums: z.boolean().default(true),
  /** Read every file back from the disk before it gets its name: finds what another program has overwritten meanwhile. */
  verifyFiles: z.boolean().default(false),
  /** Note on a finished file where it came from, as browsers do, without what is secret in the link. */
  markOrigin: z.boolean().default(true),
  /** Give a finished file the date of modification that the server names. */
  keepServerTime: z.boolean().default(true),
  theme: themeSchema.default('system'),
  language: languageSchema.default('system'),
  /** Show a notification when a download finishes or fails. */
  notify: z.boolean().default(true),
  /** Closing the window leaves Sluice in the tray; otherwise it quits. */
  keepRunningInTray: z.boolean().default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

type SettingsShape = (typeof settingsSchema)['shape'];

/** The same fields, each without its default and free to be absent, which means "leave as it is". */
type PatchShape = {
  readonly [Name in keyof SettingsShape]: z.ZodExactOptional<ReturnType<SettingsShape[Name]['unwrap']>>;
};

export const settingsPatchSchema = z.object(
  // Each name keeps the field it stands for: entries lose that, and only the type above still says it.
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([name, field]) => [name, field.unwrap().exactOptional()]),
  ) as PatchShape,
);
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});
