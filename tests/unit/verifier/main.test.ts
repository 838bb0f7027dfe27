import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { fetchExport } from '../../../src/domain/audit/exports/fetch-export.ts';
import { wholeLog } from '../../../src/domain/audit/exports/query.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { findZipFiles } from '../../../src/verifier/pack-files.ts';
import { exitCodes, exitUnreadable, exitUsage } from '../../../src/verifier/exit-codes.ts';
import { runVerifier } from '../../../src/verifier/main.ts';
import { createKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { createCosignature } from '../../../src/domain/witnesses/cosignature.ts';
import { createExportScene, joinChunks } from '../../support/export-scene.ts';
import { createPackWorld, makePack } from '../../support/pack-world.ts';
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

const write = async (name: string, text: string | Buffer): Promise<string> => {
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

  it('prints what it found of a receipt and of an entry, line by line', async () => {
    const file = await write('printed.json', JSON.stringify(receipt));
    const own = 'checked with the key in the file itself, which proves less';
    expect(await run(file)).toEqual({
      code: 0,
      lines: [
        'passed  form: the file has the form of a receipt',
        'passed  receipt-signature: the receipt is signed by a key of the issuer',
        'passed  issuer: receipt and log are of one issuer, the expected one',
        'passed  entry-canonical: the entry is in its one canonical form',
        'passed  commitment: the entry is the one that was committed to',
        'passed  receipt-named: the entry names this receipt',
        'passed  inclusion: entry 9 is in the log of 23 entries',
        'passed  checkpoint-signature: the checkpoint is signed by the key of the log',
        `trust   keys of the issuer: ${own}; key of the log: ${own}`,
        'VALID ONLY IF THE KEYS IN THE FILE ARE THE RIGHT ONES: give the published ones to know',
      ],
    });
    const { checkpoint, entry, log: key, proof } = receipt;
    const alone = await write('entry.json', JSON.stringify({ format: 'huwiya-entry/1', checkpoint, entry, log: key, proof }, null, 2));
    const { code, lines } = await run(alone, '--log-key', logKey);
    expect([code, ...lines.slice(-2)]).toEqual([0, 'trust   key of the log: checked with the key you gave', 'VALID']);
    expect(lines).toHaveLength(7);
    const bent = await run(file, '--issuer', 'https://other.example');
    expect([bent.code, bent.lines[2], bent.lines.at(-1)]).toEqual([
      exitCodes.issuer,
      'failed  issuer: receipt and log are of one issuer, the expected one',
      'NOT VALID',
    ]);
  });

  it('prints what it found of an export, each fault with its place', async () => {
    const text = await createExport(log);
    const read = 'entries, 0 of them erased; 1 checkpoints compared';
    expect(await run(await write('fine.jsonl', text), '--log-key', logKey)).toEqual({
      code: 0,
      lines: [`read    7 ${read}`, 'trust   key of the log: checked with the key you gave', 'VALID'],
    });
    const [id, next] = [4, 5].map((at) => new RegExp(`"id":"([^"]+)","index":${at}`).exec(text)?.[1]);
    const twice = text.replace(/.*"index":4.*\n/, (line) => `${line}${line}{}\n`);
    expect(await run(await write('twice.jsonl', twice))).toEqual({
      code: exitCodes['index-duplicate'],
      lines: [
        `failed  index-duplicate entry 4 id "${id}" line 7: an entry with this index was there already`,
        'failed  form entry 5 line 8: the line is no entry in canonical form',
        `failed  index-duplicate entry 5 id "${next}" line 9: an entry with this index was there already`,
        'read    9 entries, 0 of them erased; 0 checkpoints compared',
        'trust   key of the log: checked with the key in the file itself, which proves less',
        'NOT VALID',
      ],
    });
    const other = await run(await write('unsigned.jsonl', text), '--log-key', toVerifierText(toVerifier(createSigner('other'))));
    expect(other.lines[0]).toBe('failed  checkpoint-signature line 1: the checkpoint is not signed by the key of the log');
  });

  it('prints of a pack what it is, and only of a valid one what it proves', async () => {
    const world = await createPackWorld();
    const zip = await makePack(world, { query: { ...wholeLog, record: world.record } });
    const file = await write('pack.zip', zip);
    const keys = await write('issuer.json', JSON.stringify(toJwks(receiptSigner)));
    const { code, lines } = await run(file, '--log-key', logKey, '--keys', keys);
    expect([code, ...lines.slice(0, 2), ...lines.slice(-2)]).toEqual([
      0,
      'pack    case 2026/17, for Administrative court, chamber 3; made 2027-01-16T08:00:00.000Z, to be destroyed by 2027-02-14T08:00:00.000Z',
      'reason  complaint about a release',
      'trust   keys of the issuer: checked with the key you gave; key of the log: checked with the key you gave',
      'VALID',
    ]);
    expect(lines.filter((line) => line.startsWith('proven     that '))).toHaveLength(4);
    expect(lines.filter((line) => /^not proven (?:that|who) /.test(line))).toHaveLength(5);
    expect(lines).toHaveLength(29);
    const unpacked = join(folder, 'unpacked');
    for (const [name, bytes] of findZipFiles(zip) ?? []) {
      await mkdir(dirname(join(unpacked, name)), { recursive: true });
      await writeFile(join(unpacked, name), bytes);
    }
    expect((await run(unpacked, '--log-key', logKey, '--keys', keys)).lines).toEqual(lines);
    await writeFile(join(unpacked, 'README.html'), 'x');
    const bent = await run(unpacked);
    expect([bent.code, bent.lines.length, bent.lines.at(-1)]).toEqual([exitCodes['pack-files'], 20, 'NOT VALID']);
    const cut = await run(await write('cut.zip', zip.subarray(0, 5000)));
    expect([cut.code, cut.lines[0]]).toEqual([
      exitCodes['pack-form'],
      'failed  pack-form: a part is missing or does not have the form of a pack',
    ]);
  });

  it('prints of a list who took it and for whom, in a spelling that no terminal obeys', async () => {
    const { found, needs, opened } = await createExportScene(await createPackWorld(), { form: 'csv' });
    const file = await write('list.zip', await joinChunks(getValue(await fetchExport(needs, opened, found)).read()));
    const keys = await write('list-keys.json', JSON.stringify(toJwks(receiptSigner)));
    const given = await run(file, '--keys', keys, '--issuer', issuer);
    expect(given.lines.map((line) => line.replace(/\{.*\}/, '{}'))).toEqual([
      'list    {}',
      'not proven that no other entry meets the query, nor what a row says: the issuer signed so',
      'passed  list-form: every part has the form of a list',
      'passed  list-signature: the provenance is signed by a key of the issuer, which you give with --keys',
      'passed  issuer: the issuer is the expected one',
      'passed  list-files: the list is the one that was signed for',
      'passed  list-rows: the rows stand in the order of the log, and add up by day as was signed',
      'trust   keys of the issuer: checked with the key you gave; nothing in a list is proven against the log',
      'VALID',
    ]);
    expect(JSON.parse(given.lines[0]?.slice(8) ?? '')).toMatchObject({ case: '1448/Q/9', recipient: 'A court', rows: expect.any(Number) });
    const alone = await run(file);
    expect([alone.code, alone.lines.length, alone.lines.at(-2)]).toEqual([
      exitCodes['list-signature'],
      7,
      'trust   keys of the issuer: none were given, so nothing here is signed for; nothing in a list is proven against the log',
    ]);
  });

  it('says how it is used, with every code that it can end with', async () => {
    const { code, lines } = await run('--help');
    expect([code, lines.length]).toEqual([0, 1]);
    const [usage = ''] = lines;
    for (const [name, number] of [
      ...Object.entries(exitCodes),
      ['the file could not be read', exitUnreadable],
      ['wrong usage', exitUsage],
    ]) {
      expect(usage).toMatch(new RegExp(`^  ${number} +${name}$`, 'm'));
    }
    for (const option of ['log-key', 'key-history', 'policy', 'keys', 'issuer', 'kept']) {
      expect(usage).toMatch(new RegExp(`^  --${option} +[a-z]`, 'm'));
    }
    expect(usage.startsWith('usage: node huwiya-verify.mjs FILE')).toBe(true);
    expect([(await run()).lines, (await run('a', '--unknown')).lines]).toEqual([[usage], [usage]]);
  });

  it('says which file it cannot read, and which is no policy', async () => {
    const file = await write('any.json', JSON.stringify(receipt));
    const missing = join(folder, 'missing');
    for (const args of [
      [missing],
      [file, '--log-key', missing],
      [file, '--keys', missing],
      [file, '--policy', missing],
      [file, '--kept', missing],
      [file, '--key-history', missing],
    ]) {
      const { code, lines } = await run(...args);
      expect([code, lines]).toEqual([exitUnreadable, [expect.stringContaining('failed  the file could not be read: ENOENT')]]);
    }
    const policy = await write('endless', 'quorum none');
    expect((await run(file, '--policy', policy)).lines).toEqual([`failed  the file could not be read: ${policy} is no policy`]);
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
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^VALID ONLY IF THE KEYS IN THE FILE ARE/);
  });
});
