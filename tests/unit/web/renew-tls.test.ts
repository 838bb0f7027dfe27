// TLS that ends in the node: what it speaks, and how it takes a renewed certificate while it runs (FT-23).

import { X509Certificate } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { findTlsFaults } from '../../../src/config/read-tls.ts';
import { createNodeListener } from '../../../src/web/listener.ts';
import type { NodeListener } from '../../../src/web/listener.ts';
import { createCertificate } from '../../support/certificate.ts';
import type { TestCertificate } from '../../support/certificate.ts';
import { findFreePort } from '../../support/world.ts';

const day = 86_400_000;
const soon = { timeout: 3000, interval: 10 };

const make = (from: number, until: number): TestCertificate =>
  createCertificate({ host: 'id.example', from: new Date(Date.now() + from * day), until: new Date(Date.now() + until * day) });
const toPrint = (pem: string): string => new X509Certificate(pem).fingerprint256;

describe('a node that ends TLS', () => {
  let folder: string;
  let port: number;
  let listener: NodeListener;
  let time: number;
  let lines: string[];
  let first: TestCertificate;
  let second: TestCertificate;

  beforeAll(() => {
    [first, second] = [make(-1, 90), make(-1, 90)];
  });

  const toFiles = () => ({
    certificateFile: join(folder, 'certificate.pem'),
    keyFile: join(folder, 'key.pem'),
    settings: 'HUWIYA_TLS' as const,
  });
  const write = ({ certificate, key }: Partial<TestCertificate>): void => {
    if (certificate !== undefined) {
      writeFileSync(toFiles().certificateFile, certificate);
    }
    if (key !== undefined) {
      writeFileSync(toFiles().keyFile, key);
    }
  };
  const start = async (pair: TestCertificate): Promise<void> => {
    write(pair);
    const log = {
      write: (level: string, message: string, fields: object) => lines.push(`${level} ${message} ${JSON.stringify(fields)}`),
      fault: () => undefined,
    };
    listener = createNodeListener(
      { clock: { now: () => Date.now() + time }, log, renewMs: 20 },
      [{ listen: { host: '127.0.0.1', port }, tls: toFiles() }],
      { answer: async (_, response) => void response.end('here'), answerUnreadable: (_, socket) => void socket.destroy() },
    );
    await listener.open();
  };
  const meet = async (options: ConnectionOptions = {}): Promise<TLSSocket> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => resolve(socket));
      socket.on('error', reject);
    });
  const seen = async (): Promise<string> => {
    const socket = await meet();
    const print = socket.getPeerCertificate().fingerprint256;
    socket.destroy();
    return print;
  };
  const notTaken = (): readonly string[] => lines.filter((line) => line.includes('certificate not taken'));

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-tls-'));
    port = await findFreePort();
    [time, lines] = [0, []];
  });

  afterEach(async () => {
    await listener.drain();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes a renewed pair for the next connection, and lets those that are open go on', async () => {
    await start(first);
    expect(await seen()).toBe(toPrint(first.certificate));
    const open = await meet();
    write(second);
    await expect.poll(seen, soon).toBe(toPrint(second.certificate));
    open.write('GET / HTTP/1.1\r\nHost: id.example\r\nConnection: close\r\n\r\n');
    const answer = await new Promise<string>((resolve) => {
      open.once('data', (bytes: Buffer) => resolve(bytes.toString()));
    });
    expect([answer.startsWith('HTTP/1.1 200'), lines]).toEqual([true, ['info certificate taken {"days":89}']]);
  });

  it('takes a pair that comes as other links, as a cluster and some renewal programs put them there', async () => {
    for (const [name, pair] of Object.entries({ one: first, two: second })) {
      writeFileSync(join(folder, `${name}.certificate`), pair.certificate);
      writeFileSync(join(folder, `${name}.key`), pair.key);
    }
    await start(first);
    for (const name of ['certificate', 'key']) {
      symlinkSync(join(folder, `two.${name}`), join(folder, 'link'));
      renameSync(join(folder, 'link'), join(folder, `${name}.pem`));
    }
    await expect.poll(seen, soon).toBe(toPrint(second.certificate));
  });

  it('keeps the pair it has while only half of another is there, says so once, and takes the whole', async () => {
    await start(first);
    write({ certificate: second.certificate });
    await expect.poll(() => notTaken().length, soon).toBe(1);
    expect([await seen(), notTaken()]).toEqual([
      toPrint(first.certificate),
      ['warn certificate not taken {"failure":"HUWIYA_TLS_KEY does not belong to the certificate"}'],
    ]);
    write({ key: second.key });
    await expect.poll(seen, soon).toBe(toPrint(second.certificate));
    expect(notTaken().length).toBe(1);
  });

  test.each([
    [
      'cut in its middle',
      () => ({ certificate: second.certificate.slice(0, 200) }),
      'HUWIYA_TLS_CERT names a file that is not a certificate',
    ],
    [
      'a chain whose end is missing',
      () => ({ certificate: `${second.certificate}${first.certificate.slice(0, 200)}`, key: second.key }),
      'HUWIYA_TLS_CERT names a file that is not a certificate',
    ],
    ['empty', () => ({ certificate: '' }), 'HUWIYA_TLS_CERT names a file that is not a certificate'],
    ['a key that is none', () => ({ key: 'x' }), 'HUWIYA_TLS_KEY names a file that is not a private key without a passphrase'],
    ['one that has ended', () => make(-9, -1), 'HUWIYA_TLS_CERT holds a certificate that has ended'],
    ['one of tomorrow', () => make(1, 9), 'HUWIYA_TLS_CERT holds a certificate that is not valid yet'],
  ] as const)('FT-23 keeps the pair it has when the new one is %s', async (_, put, failure) => {
    await start(first);
    write(put());
    await expect.poll(notTaken, soon).toEqual([`warn certificate not taken ${JSON.stringify({ failure })}`]);
    expect(await seen()).toBe(toPrint(first.certificate));
  });

  it('FT-23 tells 30, 14 and 3 days before the end, once each, and when it is over', async () => {
    await start(make(-1, 40.5));
    const wait = async (days: number, count: number): Promise<void> => {
      time += days * day;
      await expect.poll(() => lines.length, soon).toBe(count);
    };
    await wait(10, 0);
    await wait(0.6, 1);
    await wait(15, 1);
    await wait(1, 2);
    await wait(11, 3);
    await wait(4, 5);
    expect(lines).toEqual([
      'warn certificate ends soon {"days":29}',
      'warn certificate ends soon {"days":13}',
      'error certificate ends soon {"days":2}',
      'warn certificate not taken {"failure":"HUWIYA_TLS_CERT holds a certificate that has ended"}',
      'error certificate has ended {"days":-2}',
    ]);
    write(make(-1, 90));
    await expect.poll(() => lines.at(-1), soon).toContain('certificate taken');
  });

  it('speaks TLS 1.2 and 1.3 with forward secrecy and authenticated encryption, and nothing older or weaker', async () => {
    await start(first);
    const speak = async (options: ConnectionOptions): Promise<string> => {
      try {
        const socket = await meet(options);
        const said = `${String(socket.getProtocol())} ${socket.getCipher().name}`;
        socket.destroy();
        return said;
      } catch {
        return 'refused';
      }
    };
    expect(await speak({})).toBe('TLSv1.3 TLS_AES_128_GCM_SHA256');
    expect(await speak({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256');
    expect(await speak({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' })).toBe('refused');
    for (const ciphers of ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'AES128-GCM-SHA256', 'ECDHE-ECDSA-CHACHA20-POLY1305']) {
      expect([ciphers, await speak({ maxVersion: 'TLSv1.2', ciphers })]).toEqual([ciphers, 'refused']);
    }
  });

  test('FT-23 a node does not start with a certificate that has ended, is of tomorrow, or belongs to another key', async () => {
    await start(first);
    const faults = (pair: TestCertificate): readonly string[] => {
      write(pair);
      return findTlsFaults({ tls: toFiles() }, Date.now()).map(({ setting, problem }) => `${setting} ${problem}`);
    };
    expect(faults(make(-9, -1))).toEqual(['HUWIYA_TLS_CERT holds a certificate that has ended']);
    expect(faults(make(1, 9))).toEqual(['HUWIYA_TLS_CERT holds a certificate that is not valid yet']);
    expect(faults({ ...first, key: second.key })).toEqual(['HUWIYA_TLS_KEY does not belong to the certificate']);
    expect(faults({ ...first, certificate: `${first.certificate}${make(-9, -1).certificate}` })).toEqual([
      'HUWIYA_TLS_CERT holds a certificate that has ended',
    ]);
    expect(faults(second)).toEqual([]);
  });
});
