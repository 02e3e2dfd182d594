/** How long a stop may take. Every layer leaves time to the one around it, so that none is cut off while it could still end. */

/** From the request to stop until the process is gone: systems kill what takes much longer. */
const processMs = 2000;
/** What the layer around needs to notice that the one inside has ended. */
const marginMs = 50;

export const stopDeadlines = {
  /** The desktop app. */
  processMs,
  /** The command, from the first signal. */
  commandMs: processMs - marginMs,
  /** The engine and its records, inside either. */
  hostMs: processMs - 2 * marginMs,
  /** The web server, before the engine begins to close. */
  webServerMs: processMs / 2,
} as const;
