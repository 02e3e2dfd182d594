import { describeBodies } from '../bodies.conformance.ts';
import { describeHeads } from '../heads.conformance.ts';

describeHeads('socket');
describeBodies('socket', false);
describeBodies('socket', true);
