/**
 * Tells zod not to compile its parsers: the window's policy forbids it, and zod would find that out by trying, which the
 * policy reports as a violation. Imported before any schema is made, so hosts import this package
 * before the contract.
 */
import { config } from 'zod';

config({ jitless: true });
