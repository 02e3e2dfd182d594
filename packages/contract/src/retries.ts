/** How long and how often a server is tried: numbers that the settings and a single download both may give. */
import { z } from 'zod';

/**
 * Failed attempts in a row that brought no new byte; 0 means no end of them. An outage of this machine's own (no
 * network, no name server, a full disk) is waited for and uses none up.
 */
export const maxAttemptsSchema = z.number().int().min(0).max(1000);

export const timeoutSchema = z.number().int().min(100).max(3_600_000);
