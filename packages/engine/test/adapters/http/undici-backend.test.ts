import { describeBodies } from './bodies.conformance.ts';
import { describeHeads } from './heads.conformance.ts';

describeHeads('undici');
describeBodies('undici', false);
describeBodies('undici', true);
