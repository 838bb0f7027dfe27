// The verifier as whoever takes it away has it: one file in an empty folder, and no product anywhere near.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEntryFile } from '../../../src/domain/audit/entry-file.ts';
import { viewEntry } from '../../../src/domain/audit/view-entry.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { exitCodes, exitUnreadable, exitUsage } from '../../../src/verifier/exit-codes.ts';
import { readVerifierFile } from '../../../views/asset-list.ts';
import { printVerifier } from '../../../docs/print/print-verifier.ts';
import { createAuditWorld, officer } from '../../support/audit-world.ts';
import { createExport, createReceiptFile, createSampleLog, logKey, receiptSigner, toJwks } from '../../support/receipt-samples.ts';

const folder = await mkdtemp(join(tmpdir(), 'huwiya-one-file-'));
beforeAll(() => writeFile(join(folder, 'huwiya-verify.mjs'), readVerifierFile()));
afterAll(() => rm(folder, { recursive: true }));

type Ended = { readonly code: number; readonly said: string };

const run = async (...args: string[]): Promise<Ended> => {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['huwiya-verify.mjs', ...args], { cwd: folder, env: {} });
    return { code: 0, said: stdout };
  } catch (error) {
    const ended = error instanceof Error && 'code' in error && 'stdout' in error ? error : undefined;
    return { code: Number(ended?.code), said: String(ended?.stdout) };
  }
};

const write = async (name: string, content: unknown): Promise<string> => {
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};

describe('the verifier as one file', () => {
  it('is what the sources give today: a copy that drifted is named here', () => {
    expect(readVerifierFile()).toBe(printVerifier());
  });

  it('needs nothing but Node: it imports built-in modules alone, and none that could connect', () => {
    const imported = [...readVerifierFile().matchAll(/^import .* from '([^']+)';$/gm)].map(([, name = '']) => name.replace('node:', ''));
    expect(imported.length).toBeGreaterThan(2);
    expect(imported.filter((name) => !builtinModules.includes(name))).toEqual([]);
    expect(imported.filter((name) => /^(?:net|tls|http|https|http2|dgram|dns|child_process)$/.test(name))).toEqual([]);
    expect(readVerifierFile()).not.toMatch(/\bimport\(|\bfetch\(|\brequire\(/);
  });

  it('verifies an export in an empty folder, and ends with the code of its fault', async () => {
    const text = await createExport(await createSampleLog([3, 4]));
    const whole = await run(await write('log.jsonl', text), '--log-key', logKey);
    expect([whole.code, whole.said.trimEnd().split('\n').at(-1)]).toEqual([0, 'VALID']);
    const cut = text.split('\n').toSpliced(4, 1).join('\n');
    expect((await run(await write('cut.jsonl', cut), '--log-key', logKey)).code).toBe(exitCodes['index-gap']);
  });

  it('verifies a long log on several threads, and says of a fault what it says of it in a short one', async () => {
    const lines = (await createExport(await createSampleLog([6000]))).trimEnd().split('\n');
    const writeWith = async (name: string, at: number, line: string): Promise<Ended> =>
      run(await write(name, `${lines.toSpliced(at, 1, line).join('\n')}\n`), '--log-key', logKey);
    const whole = await writeWith('long.jsonl', 4000, lines[4000] ?? '');
    expect(whole).toEqual({ code: 0, said: expect.stringContaining('read    6000 entries, 0 of them erased; 1 checkpoints compared') });
    const changed = await writeWith('changed.jsonl', 4000, (lines[4000] ?? '').replace(/"salt":"./, '"salt":"-'));
    expect(changed.code).toBe(exitCodes['commitment-mismatch']);
    expect(changed.said).toContain('failed  commitment-mismatch entry 3999 id');
    const twice = await writeWith('twice.jsonl', 4000, lines[3999] ?? '');
    expect(twice.code).toBe(exitCodes['index-duplicate']);
    expect(twice.said).toMatch(/failed {2}index-duplicate entry 3998 id "[^"]+" line 4001/);
  });

  it('verifies an entry, and ends with the code of its fault', async () => {
    const world = await createAuditWorld(9);
    const key = toVerifierText(toVerifier(world.signer));
    const file = findEntryFile(getValue(await viewEntry(world.needs, officer, { index: 4, form: 'page' })), key);
    expect((await run(await write('entry.json', file), '--log-key', await write('log-key.txt', `${key}\n`))).code).toBe(0);
    const moved = { ...file, proof: { ...file?.proof, index: 5 } };
    expect((await run(await write('moved.json', moved), '--log-key', key)).code).toBe(exitCodes.inclusion);
  });

  it('verifies a receipt, and ends with the code of its fault', async () => {
    const receipt = await createReceiptFile();
    const keys = ['--log-key', logKey, '--keys', await write('keys.json', toJwks(receiptSigner))];
    expect((await run(await write('receipt.json', receipt), ...keys)).code).toBe(0);
    const opened = { ...receipt, entry: { ...receipt.entry, salt: 'A'.repeat(43) } };
    expect((await run(await write('opened.json', opened), ...keys)).code).toBe(exitCodes.commitment);
  });

  it('says how it is used and names every exit code, one for each fault', async () => {
    const { code, said } = await run('--help');
    expect(code).toBe(0);
    for (const [name, number] of Object.entries(exitCodes)) {
      expect(said).toContain(`${number}  ${name}`);
    }
    expect([(await run()).code, (await run('missing')).code]).toEqual([exitUsage, exitUnreadable]);
    expect(await readdir(folder)).not.toContain('node_modules');
  });
});
