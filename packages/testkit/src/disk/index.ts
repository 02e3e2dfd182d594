/** Disks for tests: one in memory that survives power cuts as badly as a real one, and one that fails on demand. */
export { type Choose, keepAll, loseAll, seededChoice } from './chance.ts';
export { type CrashPoint, crashPoints, pointOf } from './crash-points.ts';
export { dyingAt, type DeathSpot, pointOfDeath } from './dying-process.ts';
export { createFaultyFiles, type Fault, type FaultyFiles, type FileCall, type FileCallKind } from './faulty-files.ts';
export { createMemoryFiles, type MemoryFiles, type MemoryFilesOptions, type OtherProcess } from './memory-files.ts';
