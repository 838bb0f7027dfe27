// What the operator's guide says of providers, done with the very commands that stand there: trust, state, enrol, end, and what the log says of a refusal.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { getPersonalData } from '../../src/domain/people/get-personal-data.ts';
import { runCommand, runProgram } from '../support/command.ts';
import type { Ended } from '../support/command.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const program = 'examples/proofing-provider/provider.ts';
const answerSchema = z.object({ link: z.string(), enrolment_code: z.string(), expires_at: z.iso.datetime() });
const problemSchema = z.object({ code: z.string(), title: z.string(), reference: z.string() });

describe('a proofing provider, from the operator’s guide alone', () => {
  let world: World;
  const file = (name: string): string => join(world.folder, name);
  const huwiya = async (...args: readonly string[]): Promise<Ended> =>
    runCommand([...args, '--config', join(world.folder, 'node', 'huwiya.env')]);
  const state = async (number: string, key = 'proofing.pem'): Promise<Ended> =>
    runProgram([program, 'state', file(key), world.issuer, number]);

  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(async () => {
    await world.close();
  });

  const addNumber = async () => {
    const person = await world.addPerson();
    return { person, number: z.string().parse(getPersonalData({ dataKey: world.keys.data.encryption }, person)['id']) };
  };

  test('is trusted by its file, lets somebody in once, and nobody any more after its end', async () => {
    const guide = readFileSync('docs/guides/operator.md', 'utf8');
    expect(guide).toContain(`npx node ${program} file var/proofing.pem > var/provider.json`);
    expect(guide).toContain(`npx node ${program} state var/proofing.pem http://localhost:4000 2000000006`);
    const made = await runProgram([program, 'file', file('proofing.pem')]);
    writeFileSync(file('provider.json'), made.stdout);
    const trusted = await huwiya('proofing', 'trust', file('provider.json'));
    expect(trusted).toMatchObject({ code: 0, stdout: 'statements of https://proofing.example are taken, signed with proofing-2026\n' });

    const { number, person } = await addNumber();
    const stated = await state(number);
    expect(stated.code).toBe(0);
    const { link } = answerSchema.parse(JSON.parse(stated.stdout));
    await enrol(createTraveller(world.issuer), link);
    expect((await world.storage.passkeys.listPasskeys(person.id)).map(({ ceiling }) => ceiling)).toEqual(['high']);

    const another = await addNumber();
    for (const [refusedNumber, key] of [
      [number, 'proofing.pem'],
      ['9999999999', 'proofing.pem'],
      [another.number, 'stolen.pem'],
    ] as const) {
      const refused = await state(refusedNumber, key);
      expect([refused.code, problemSchema.parse(JSON.parse(refused.stdout)).code]).toEqual([1, 'proofing/statement-refused']);
    }
    expect(await huwiya('proofing', 'end', 'https://proofing.example')).toMatchObject({ code: 0 });
    expect((await state(another.number)).code).toBe(1);
  });

  test('is told by the guide of each step at which a statement may be refused', () => {
    const guide = readFileSync('docs/guides/operator.md', 'utf8');
    const steps = [
      'issuer',
      'key',
      'algorithm',
      'signature',
      'type',
      'audience',
      'time',
      'trust framework',
      'level or method',
      'checked in the future',
    ];
    expect(steps.filter((step) => !new RegExp(`^\\| .*\`${step}\``, 'm').test(guide))).toEqual([]);
  });
});
