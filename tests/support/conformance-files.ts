// The files of examples/conformance as an operator prepares and loads them, with the product's own commands, into a world of the tests.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createFillIn } from '../../examples/conformance/fill-in.ts';
import { runAgenciesApply } from '../../src/cli/agencies-apply.ts';
import type { Output } from '../../src/cli/context.ts';
import { runPeopleImport } from '../../src/cli/people-import.ts';
import { runPeopleInvite } from '../../src/cli/people-invite.ts';
import { toContext } from '../../src/cli/with-parts.ts';
import type { World } from './world.ts';

const examples = fileURLToPath(new URL('../../examples/conformance/', import.meta.url));

/** Nothing listens there: a browser of these tests stops at the first address outside the provider. */
const suite = 'https://localhost.emobix.co.uk:8443';
const alias = 'huwiya';
export const suiteBase = `${suite}/test/a/${alias}`;

export type PreparedFiles = {
  readonly agencies: string;
  /** What the suite is given, as it parses it. */
  readonly configuration: unknown;
};

/** Both sides as an operator prepares them; `answersAt`: of a suite that does listen. */
export function prepareFiles(
  world: World,
  configuration: 'oidc.json' | 'fapi.json' | 'message-signing.json',
  answersAt = suite,
): PreparedFiles {
  const fillIn = createFillIn({ suite: answersAt, alias, issuer: world.issuer });
  const folder = join(world.folder, 'conformance');
  mkdirSync(folder, { recursive: true });
  const agencies = join(folder, 'agencies.json');
  writeFileSync(agencies, fillIn(readFileSync(join(examples, 'agencies.json'), 'utf8')));
  return { agencies, configuration: JSON.parse(fillIn(readFileSync(join(examples, configuration), 'utf8'))) };
}

/** The line of the file that describes them: whose names come in two languages, and whose come in one. */
const people = { bilingual: 0, plain: 1 } as const;

/** Runs the product's own commands on the open database of the world; yields the link by which this person enrols. */
export async function loadFiles(world: World, agencies: string, person: keyof typeof people): Promise<string> {
  const printed: string[] = [];
  const out: Output = { isTerminal: false, write: (text) => printed.push(text) };
  const context = { ...toContext(world, out), err: out };
  const line = readFileSync(join(examples, 'people.jsonl'), 'utf8').split('\n')[people[person]] ?? '';
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(line));
  const codes = [
    await runAgenciesApply(context, { file: agencies, json: false }),
    await runPeopleImport(context, { file: join(examples, 'people.jsonl'), json: false }),
    await runPeopleInvite(context, { id, json: false }),
  ];
  const link = printed.join('').match(/http\S+\/enrol\/\S+/)?.[0];
  if (codes.some((code) => code !== 0) || link === undefined) {
    throw new Error(`the files of examples/conformance were refused: ${printed.join('')}`);
  }
  return link;
}
