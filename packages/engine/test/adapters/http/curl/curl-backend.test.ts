import { describeBodies } from '../bodies.conformance.ts';
import { describeHeads } from '../heads.conformance.ts';

describeHeads('curl', { takesOddChunks: true });
describeBodies('curl', false);
describeBodies('curl', true);
