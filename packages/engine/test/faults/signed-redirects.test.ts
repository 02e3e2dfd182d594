/** What a run leaves on the disk when its link has a login and leads to a signed place, and how the next run goes on. */
import { readFile } from 'node:fs/promises';
import { createGate, redirectTo, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { startEngine } from '../engine/harness.ts';
import { interruptedAt, backends, wholeBytes } from './ways.ts';

const mark = 'Xy7Secret9Q';

it.each(backends)(
  'F97 the journal has neither login nor signature, and a resume asks the link anew (%s)',
  async (backend) => {
    await using origin = await startOrigin();
    await using test = await startEngine({ ports: { http: createHttpPort({ backend }) } });
    const never = createGate();
    origin.serve('/node.bin', { seed: 97, sizeBytes: wholeBytes });
    origin.script('/node.bin', (_request, index) =>
      index === 0 ? { stall: { afterBytes: interruptedAt, until: never } } : {},
    );
    let asked = 0;
    origin.script('/file.bin', () => redirectTo(`/node.bin?X-Sig=${mark}${(asked += 1)}&expires=1`));
    const url = origin.urlOf('/file.bin').replace('://', `://ann:${mark}@`);
    const id = await test.add(url, { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= interruptedAt);
    await test.engine.pause({ ids: [id] });
    const journal = (await test.names()).find((name) => name.endsWith('-journal')) ?? '';
    expect(await readFile(test.path(journal), 'latin1')).not.toContain(mark);
    expect(JSON.stringify(await test.engine.details({ id }))).not.toContain(mark);
    await test.engine.resume({ ids: [id] });
    await test.reach(id, 'finished');
    expect(await verifySeeded(test.path('node.bin'), 97, wholeBytes)).toBeNull();
    expect(asked).toBe(2);
    expect(origin.requests.filter(({ target }) => target.includes(`${mark}2`))).not.toEqual([]);
  },
);
