import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { exitCodes, exitUnreadable, exitUsage } from '../../../src/verifier/exit-codes.ts';
import { runVerifier } from '../../../src/verifier/main.ts';
import { createKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { createCosignature } from '../../../src/domain/witnesses/cosignature.ts';
import { createSigner, sampleStart } from '../../support/ledger-samples.ts';
import {
  createExport,
  createReceiptFile,
  createSampleLog,
  issuer,
  logKey,
  logSigner,
  receiptSigner,
  toJwks,
} from '../../support/receipt-samples.ts';

const folder = await mkdtemp(join(tmpdir(), 'huwiya-verifier-'));
afterAll(() => rm(folder, { recursive: true }));

const write = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

const run = async (...args: string[]): Promise<{ readonly code: number; readonly lines: string[] }> => {
  const lines: string[] = [];
  return { code: await runVerifier(args, (line) => lines.push(line)), lines };
};

const receipt = await createReceiptFile();
const log = await createSampleLog([3, 4]);
const [first, second] = log.rows.checkpoints.map((each) => each.text);

describe('the offline verifier as a command', () => {
  it('says of a receipt what was checked, one line each, and with whose keys', async () => {
    const file = await write('receipt.json', JSON.stringify(receipt, null, 2));
    const keys = await write('keys.json', JSON.stringify(toJwks(receiptSigner)));
    const { code, lines } = await run(file, '--log-key', logKey, '--keys', keys, '--issuer', issuer);
    expect(code).toBe(0);
    expect(lines.filter((line) => line.startsWith('passed'))).toHaveLength(8);
    expect(lines.at(-1)).toBe('VALID');
    expect((await run(file)).lines.join('\n')).toContain('the key in the file itself');
  });

  it('ends with the code of the first fault of a receipt', async () => {
    const body = await write('body.json', JSON.stringify({ ...receipt, entry: { ...receipt.entry, body: '{}' } }));
    expect((await run(body)).code).toBe(exitCodes['entry-canonical']);
    const other = await write('other.json', JSON.stringify({ ...receipt, proof: { ...receipt.proof, index: 3 } }));
    expect((await run(other)).code).toBe(exitCodes.inclusion);
    expect((await run(await write('none.json', '{}'))).code).toBe(exitCodes.form);
  });

  it('verifies an export against checkpoints that were kept in files', async () => {
    const file = await write('log.jsonl', await createExport(log));
    const kept = [await write('first', first ?? ''), await write('second', second ?? '')].flatMap((each) => ['--kept', each]);
    const { code, lines } = await run(file, '--log-key', logKey, ...kept);
    expect([code, lines.at(-1)]).toEqual([0, 'VALID']);
    expect((await run(file, '--log-key', await write('log-key', `${logKey}\n`))).code).toBe(0);
    const cut = await write('cut.jsonl', await createExport(await createSampleLog([3])));
    expect((await run(cut)).code).toBe(0);
    expect((await run(cut, ...kept)).code).toBe(exitCodes['tail-missing']);
  });

  it('follows a changed key by its history, and asks for the witnesses of a policy', async () => {
    const next = createSigner(logSigner.name, 'next');
    const changed = await createReceiptFile(undefined, next);
    const file = await write('changed.json', JSON.stringify(changed));
    const change = createKeyChange(logSigner, next, { last: { size: 5, root: Buffer.alloc(32) }, at: sampleStart, reason: 'planned' });
    const history = await write('history.json', JSON.stringify({ format: 'huwiya-log-keys/1', changes: [change] }));
    expect((await run(file, '--log-key', logKey)).code).toBe(exitCodes['checkpoint-signature']);
    expect((await run(file, '--log-key', logKey, '--key-history', history)).code).toBe(0);
    const none = await write('none.json', JSON.stringify({ format: 'huwiya-log-keys/1', changes: [] }));
    expect((await run(file, '--log-key', logKey, '--key-history', none)).code).toBe(exitCodes['checkpoint-signature']);
    const broken = await write('broken.json', '{}');
    expect((await run(file, '--log-key', logKey, '--key-history', broken)).code).toBe(exitCodes['key-history']);

    const court = createSigner('court.example', 'court');
    const witness = `witness court ${toVerifierText(toVerifier(court, 'witness'), 'witness')}`;
    const policy = await write('policy', `log ${logKey}\n${witness}\nquorum court\n`);
    expect((await run(file, '--policy', policy, '--key-history', history)).code).toBe(exitCodes.witnesses);
    const { checkpoint } = changed;
    const line = createCosignature(court, checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1), sampleStart);
    const cosigned = await write('cosigned.json', JSON.stringify({ ...changed, checkpoint: `${checkpoint}${line}` }));
    const { code, lines } = await run(cosigned, '--policy', policy, '--key-history', history);
    expect([code, lines.filter((each) => each.includes('court.example at '))]).toEqual([0, [expect.stringContaining('passed  witnesses')]]);
    expect(lines.join('\n')).toContain('key of the log: checked with the key you gave');

    const whole = await write('whole.jsonl', await createExport(log));
    expect((await run(whole, '--policy', policy)).code).toBe(exitCodes.witnesses);
    expect((await run(whole, '--policy', await write('nobody', `log ${logKey}\nquorum none\n`))).code).toBe(0);
    expect((await run(whole, '--log-key', logKey, '--key-history', broken)).code).toBe(exitCodes['key-history']);
    const wrong = await run(file, '--policy', await write('wrong', `${witness}\nquorum nobody\n`));
    expect([wrong.code, wrong.lines[0]]).toEqual([exitUnreadable, expect.stringContaining('is no policy: line 2')]);
  });

  it('names the entry at fault', async () => {
    const text = await createExport(log);
    const file = await write('swapped.jsonl', text.replace('"index":4', '"index":5'));
    const { code, lines } = await run(file);
    expect(code).toBe(exitCodes['index-gap']);
    expect(lines[0]).toContain('index-gap entry 4');
  });

  it('says how it is used, and when a file cannot be read', async () => {
    expect((await run()).code).toBe(exitUsage);
    expect((await run('a', 'b')).code).toBe(exitUsage);
    expect((await run('a', '--unknown')).code).toBe(exitUsage);
    expect((await run(join(folder, 'missing'))).code).toBe(exitUnreadable);
  });

  it('runs by itself, with no part of the product beside it', async () => {
    const source = fileURLToPath(new URL('../../../src/verifier/', import.meta.url));
    const file = await write('alone.json', JSON.stringify(receipt));
    for (const name of await readdir(source)) {
      await write(name, await readFile(join(source, name), 'utf8'));
    }
    await write('package.json', '{"type":"module"}');
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'main.ts'), file], { cwd: folder, env: {} });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('VALID');
  });
});
