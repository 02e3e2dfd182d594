/** The hostile origin and the bodies it serves: everything a test needs to play the worst server there is. */
export { type Answer, type AnswerEnd, type Script, atMost, floodLines, inTurn, redirectTo } from './answer.ts';
export { type TestCertificate, type TestCertificateName, testCertificate } from './certificates.ts';
export { type Gate, createGate } from './gate.ts';
export type { HeaderChanges } from './headers.ts';
export { type ConnectionCounts, type Origin, type OriginOptions, startOrigin } from './origin.ts';
export type { AskedRange, OriginRequest, RequestState } from './request.ts';
export { type OriginResource, type ResourceContent, type ResourceTraits, defaultLastModified } from './resource.ts';
export { fillSeeded, seededBytes, seededSha256, verifySeeded } from './seeded.ts';
