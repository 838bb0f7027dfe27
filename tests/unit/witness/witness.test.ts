// `huwiya witness` as an audit court runs it: a process and a folder of its own (C2SP tlog-witness, "add-checkpoint").

import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseNote, parseVerifier, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { findOwnLine, findCosignedAt } from '../../../src/domain/witnesses/cosignature.ts';
import { toMonitoringPath } from '../../../src/witness/answer.ts';
import { createState, findStateProblem, openState } from '../../../src/witness/state.ts';
import { runCommand, startCommand } from '../../support/command.ts';
import type { Running } from '../../support/command.ts';
import { growLog } from '../../support/grown-log.ts';
import { createSigner } from '../../support/ledger-samples.ts';

const signer = createSigner('id.example/ledger');
const logKey = toVerifierText(toVerifier(signer));
const log = growLog(signer, 600);

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}

let folder = '';
let address = '';
let witness: Running;
let keyText = '';

async function start(): Promise<Running> {
  const port = await findFreePort();
  address = `http://127.0.0.1:${port}`;
  return startCommand(['witness', '--dir', folder, '--listen', `127.0.0.1:${port}`, '--log', logKey], /listens/);
}

async function send(body: string): Promise<{ status: number; type: string; text: string }> {
  const answer = await fetch(`${address}/add-checkpoint`, { method: 'POST', body });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}

async function isCosigned(size: number, text: string): Promise<boolean> {
  const key = parseVerifier(keyText, 'witness');
  return key.ok && findOwnLine(await log.checkpoint(size), text, { witness: key.value, now: Date.now() }) !== undefined;
}

describe('a witness in a process of its own', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-witness-'));
    const made = await runCommand([
      'witness',
      'setup',
      '--dir',
      folder,
      '--name',
      'witness.court.example',
      '--url',
      'https://witness.court.example',
    ]);
    keyText = /key {7}(\S+)/.exec(made.stdout)?.[1] ?? '';
    witness = await start();
  });
  afterEach(async () => {
    await witness.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('cosigns what goes on from what it cosigned, and says where it stands to whoever asks from elsewhere', async () => {
    const first = await send(await log.submit(0, 3));
    const grown = await send(await log.submit(3, 300));
    const again = await send(await log.submit(300, 300));
    const behind = await send(await log.submit(3, 400));
    expect([first.status, grown.status, again.status]).toEqual([200, 200, 200]);
    expect([await isCosigned(3, first.text), await isCosigned(300, grown.text), await isCosigned(300, again.text)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(behind).toEqual({ status: 409, type: 'text/x.tlog.size', text: '300\n' });
    const shown = await fetch(`${address}${toMonitoringPath(signer.name)}`);
    const note = parseNote(await shown.text());
    const key = parseVerifier((await (await fetch(`${address}/key`)).text()).trim(), 'witness');
    expect(note.ok && key.ok && findCosignedAt(note.value, key.value, Date.now())).toBeGreaterThan(0);
  });

  it('AL-05 cosigns no other history of the same sizes, not even signed with the key of the log, and keeps the proof', async () => {
    const forged = growLog(signer, 600, 'forged');
    expect((await send(await log.submit(0, 300))).status).toBe(200);
    const sameSize = await send(await forged.submit(300, 300));
    const longer = await send(await forged.submit(300, 400));
    expect([sameSize.status, sameSize.text, longer.status]).toEqual([409, '300\n', 422]);
    expect(witness.texts.stderr.match(/ALARM id\.example\/ledger/g)).toHaveLength(2);
    expect((await send(await log.submit(300, 400))).status).toBe(200);
  });

  it('remembers after a kill at any point what it cosigned', async () => {
    expect((await send(await log.submit(0, 300))).status).toBe(200);
    witness.process.kill('SIGKILL');
    await witness.stop();
    witness = await start();
    expect(await send(await log.submit(0, 200))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '300\n' });
    expect((await send(await log.submit(300, 301))).status).toBe(200);
  });

  it('answers as the specification says to what is malformed, unknown or not signed', async () => {
    const other = growLog(createSigner('other.example/ledger'), 5);
    const stranger = growLog(createSigner('id.example/ledger', 'stranger'), 5);
    const whole = await log.submit(0, 5);
    const statuses = await Promise.all(
      [
        await other.submit(0, 5),
        await stranger.submit(0, 5),
        'old 9\n'.concat(whole.slice('old 0\n'.length)),
        whole.replace('old 0', 'old 00'),
        whole.replace('old 0\n', 'old 0\nAAAA\n'),
        '',
        'x'.repeat(70_000),
      ].map(async (body) => (await send(body)).status),
    );
    expect(statuses).toEqual([404, 403, 400, 400, 400, 400, 413]);
    expect((await send(whole)).status).toBe(200);
  });
});

describe('the folder of a witness', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-witness-'));
    await runCommand(['witness', 'setup', '--dir', folder, '--name', 'witness.court.example']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async () => runCommand(['witness', '--dir', folder, '--listen', '127.0.0.1:1', '--log', logKey]);

  it('is begun once, with a key that nobody else reads, and never without its memory', async () => {
    const again = await runCommand(['witness', 'setup', '--dir', folder, '--name', 'witness.court.example']);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('a witness begins once')]);
    chmodSync(join(folder, 'witness-ed25519.json'), 0o644);
    expect((await run()).stderr).toContain('others can read it');
    chmodSync(join(folder, 'witness-ed25519.json'), 0o600);
    rmSync(join(folder, 'witness.db'));
    expect((await run()).stderr).toContain('lost its memory');
  });

  it('says in one sentence that another program listens there', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const place = mkdtempSync(join(tmpdir(), 'huwiya-witness-'));
    await runCommand(['witness', 'setup', '--dir', place, '--name', 'witness.court.example']);
    const refused = await runCommand(['witness', '--dir', place, '--listen', `127.0.0.1:${port}`, '--log', logKey]);
    taken.close();
    rmSync(place, { recursive: true });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      `--listen: cannot listen at 127.0.0.1:${port}: another program listens there already\n`,
    ]);
  });

  it('is not believed with an older copy of its memory', () => {
    const place = mkdtempSync(join(tmpdir(), 'huwiya-witness-'));
    const [now, old] = [join(place, 'witness.db'), join(place, 'old.db')];
    const cosign = (size: number): void => {
      const state = openState(place);
      state.advance('log.example', () => ({
        head: { origin: 'log.example', size, root: `root of ${size}`.replaceAll(' ', '-'), note: '', cosignedAt: 1 },
      }));
      state.close();
    };
    createState(place, '01020304');
    cosign(3);
    copyFileSync(now, old);
    cosign(5);
    expect(findStateProblem(place, '01020304')).toBeUndefined();
    copyFileSync(now, join(place, 'newest.db'));
    copyFileSync(old, now);
    expect(findStateProblem(place, '01020304')).toContain('does not know that 5 entries of log.example were cosigned');
    const heads = readFileSync(join(place, 'witness.heads'));
    rmSync(join(place, 'witness.heads'));
    expect(findStateProblem(place, '01020304')).toContain('witness.heads is missing');
    writeFileSync(join(place, 'witness.heads'), heads);
    copyFileSync(join(place, 'newest.db'), now);
    expect(findStateProblem(place, '01020304')).toBeUndefined();
    rmSync(place, { recursive: true });
  });
});
