/** What a person can set once for all downloads. Every field has a default, so an old file always parses. */
import { z } from 'zod';

export const themeSchema = z.enum(['system', 'light', 'dark']);

/** 0 means "no limit" wherever a limit is a number. */
const limit = z.number().int().min(0);

export const settingsSchema = z.object({
  /** Where files go unless the user chooses otherwise; empty means the host's downloads folder. */
  downloadFolder: z.string().default(''),
  /** Downloads running at the same time. */
  maxRunning: z.number().int().min(1).max(64).default(4),
  /** Ceiling of connections for one download; the engine opens only what pays. */
  maxConnections: z.number().int().min(1).max(64).default(16),
  /** Ceiling of connections to one host across downloads. */
  maxConnectionsPerHost: z.number().int().min(1).max(256).default(16),
  speedLimitBytesPerSecond: limit.default(0),
  theme: themeSchema.default('system'),
  /** Show a notification when a download finishes or fails. */
  notify: z.boolean().default(true),
  /** Closing the window leaves Sluice in the tray; otherwise it quits. */
  keepRunningInTray: z.boolean().default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The same fields, each optional and without defaults: absent means "leave as it is". */
export const settingsPatchSchema = z.object({
  downloadFolder: z.string().optional(),
  maxRunning: z.number().int().min(1).max(64).optional(),
  maxConnections: z.number().int().min(1).max(64).optional(),
  maxConnectionsPerHost: z.number().int().min(1).max(256).optional(),
  speedLimitBytesPerSecond: limit.optional(),
  theme: themeSchema.optional(),
  notify: z.boolean().optional(),
  keepRunningInTray: z.boolean().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});
