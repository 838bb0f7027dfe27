// The guide for auditors' programs, followed to the letter: its key, its file of agencies, its program.

import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { readLog } from '../support/read-log.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const lineSchema = z.object({ index: z.number(), type: z.string(), service: z.string().nullable() });

let world: World;

beforeAll(async () => {
  world = await createWorld();
  symlinkSync(join(root, 'node_modules'), join(world.folder, 'node_modules'));
});

afterAll(async () => {
  await world.close();
});

/** The blocks of code of one kind in the part about programs. */
function readBlocks(kind: string): readonly string[] {
  const guide = readFileSync(join(root, 'docs', 'guides', 'auditor.md'), 'utf8');
  const part = guide.slice(guide.indexOf('## By program'));
  return [...part.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))].map(([, block = '']) => block);
}

async function runScript(name: string, ...given: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [name, ...given], { cwd: world.folder, timeout: 30_000 });
  return stdout;
}

it('the guide for auditors’ programs works as it is written', async () => {
  const [makeKey = '', readLedger = ''] = readBlocks('js');
  const [agencies = ''] = readBlocks('json');
  writeFileSync(join(world.folder, 'make-key.mjs'), makeKey);
  const key = (await runScript('make-key.mjs')).trim();
  // What differs here: the key that was just printed, the address, and that it is http.
  const file = agencies.replace(/"keys": \[\{.*?\}\]/s, () => `"keys": [${key}]`);
  writeFileSync(join(world.folder, 'agencies.json'), file);
  const command = [
    join(root, 'bin', 'huwiya.mjs'),
    '--config',
    join(world.folder, 'node', 'huwiya.env'),
    'agencies',
    'apply',
    'agencies.json',
  ];
  expect(await runScript(command[0] ?? '', ...command.slice(1))).toContain('+ service gac-reader');
  const here = readLedger
    .replace('https://id.example.gov', world.issuer)
    .replace("kid: 'reader-1' }));", "kid: 'reader-1' }), { execute: [client.allowInsecureRequests] });");
  writeFileSync(join(world.folder, 'read-ledger.mjs'), here);
  await readLog(world);
  const read = async (...given: readonly string[]) =>
    (await runScript('read-ledger.mjs', ...given))
      .trimEnd()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)));
  const first = await read();
  expect(first.map(({ index }) => index)).toEqual(first.map((_, index) => index));
  expect(first).toContainEqual(expect.objectContaining({ type: 'service.changed', service: 'gac-reader' }));
  await readLog(world);
  const later = await read(String(first.length - 1));
  expect(later[0]?.index).toBe(first.length);
  expect([...first, ...later]).toContainEqual(expect.objectContaining({ type: 'token.issued', service: 'gac-reader' }));
});
