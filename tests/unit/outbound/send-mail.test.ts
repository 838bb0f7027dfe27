// Letters over a real connection to a relay: what it receives, what is never said to it in the clear, and which of its answers end a letter.

import { createSecretKey, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { parseRelay } from '../../../src/config/parse-mail.ts';
import { createLetterMessage } from '../../../src/domain/declared/letter.ts';
import type { Letter } from '../../../src/domain/declared/letter.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import type { OutboxMessage } from '../../../src/domain/outbox/message.ts';
import { systemSleep } from '../../../src/domain/ledger/sleep.ts';
import { runOutbox } from '../../../src/domain/outbox/run-outbox.ts';
import type { OutboxNeeds, Sender } from '../../../src/domain/outbox/run-outbox.ts';
import { insertMessage } from '../../../src/storage/insert-message.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { findRelayFailure } from '../../../src/outbound/probe-relay.ts';
import { createMailSender } from '../../../src/outbound/send-mail.ts';
import { createCertificate } from '../../support/certificate.ts';
import { readLetter } from '../../support/mailbox.ts';
import { startSmtpServer } from '../../support/smtp-server.ts';
import type { SmtpAsked, SmtpServer } from '../../support/smtp-server.ts';
import { now } from '../../support/store-samples.ts';

/** Reaches this machine, and is no loopback address: what is said there has to be encrypted. */
const elsewhere = '0.0.0.0';
const certificate = createCertificate({ host: elsewhere, from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 3_600_000) });
const needs = { dataKey: createSecretKey(randomBytes(32)), random: systemRandom, clock: { now: () => now } };

const letter: Letter = {
  to: 'sara@example.test',
  subject: 'رمز تأكيد البريد الإلكتروني في هوية',
  text: 'الرمز هو:\n\n1234 5678\n\n.سطر يبدأ بنقطة\n',
  html: '<p dir="rtl">1234 5678</p>',
  until: null,
};

const database = createSqliteDatabase();

const compose = (changes: Partial<Letter> = {}): OutboxMessage => createLetterMessage(needs, 'person-1', { ...letter, ...changes });

describe('a relay', () => {
  let server: SmtpServer | undefined;

  afterEach(async () => {
    await server?.close();
  });

  type Asked = { readonly host?: string; readonly login?: string; readonly extraCa?: string };

  const start = async (behaviour: SmtpAsked, { host = '127.0.0.1', login = '', extraCa }: Asked = {}) => {
    server = await startSmtpServer(behaviour);
    const relay = parseRelay(`smtp://${login}${host}:${server.port}`);
    if (relay === undefined) {
      throw new TypeError('the test names no relay');
    }
    const mail = { door: { kind: 'smtp', relay }, from: 'notices@huwiya.example', smsAddress: null } as const;
    const sender: Sender = createMailSender({ mail, extraCa, dataKey: needs.dataKey, clock: needs.clock });
    return { sender, relay, server };
  };

  it('receives one letter to one address, in both forms and the right script, and may tell a repetition by its id', async () => {
    const { sender, server: relay } = await start({});
    const message = compose();
    expect([await sender.send(message), await sender.send(message)]).toEqual([{ result: 'sent' }, { result: 'sent' }]);
    const [first, second] = relay.letters.map(({ raw }) => readLetter(raw));
    expect(relay.letters.map(({ from, to }) => [from, to])).toEqual(
      Array.from({ length: 2 }, () => ['notices@huwiya.example', ['sara@example.test']]),
    );
    expect(first).toMatchObject({ to: 'sara@example.test', subject: letter.subject, html: expect.stringContaining('1234 5678') });
    expect(first?.text.replaceAll('\r', '').trim()).toBe(letter.text.trim());
    expect(first?.headers.get('message-id')).toBe(`<${message.id}@huwiya.example>`);
    expect(second?.headers.get('message-id')).toBe(first?.headers.get('message-id'));
    expect(sender.toEvents(message, { state: 'sent' })).toEqual([]);
  });

  it.each([
    'sara@example.test\r\nRCPT TO:<evil@example.test>',
    'sara@example.test, evil@example.test',
    'sara@example.test\r\nBcc: evil@example.test',
    'Group: evil@example.test, sara@example.test;',
  ])('is never led to another address by %j, even if it came this far', async (to) => {
    const { sender, server: relay } = await start({});
    await sender.send(compose({ to, subject: 'x\r\nBcc: evil@example.test' }));
    expect(relay.letters.flatMap((taken) => taken.to)).not.toContain('evil@example.test');
    expect(relay.letters.map(({ raw }) => readLetter(raw).headers.get('bcc'))).toEqual(relay.letters.map(() => undefined));
  });

  it('elsewhere is told nothing when it offers no TLS', async () => {
    const {
      sender,
      relay,
      server: seen,
    } = await start({ login: { user: 'huwiya', password: 'secret' } }, { host: elsewhere, login: 'huwiya:secret@' });
    expect(await sender.send(compose())).toEqual({ result: 'failed', failure: 'mail-etls' });
    expect(await findRelayFailure({ relay, extraCa: undefined })).toBe('mail-etls');
    expect(seen.commands.filter((command) => !['EHLO', 'STARTTLS', 'QUIT'].includes(command))).toEqual([]);
  });

  it('elsewhere is told nothing when nobody vouches for its certificate', async () => {
    const { sender, server: seen } = await start({ certificate }, { host: elsewhere });
    expect(await sender.send(compose())).toMatchObject({ result: 'failed', failure: expect.stringMatching(/^mail-e(?:tls|socket)$/) });
    expect(seen.commands.filter((command) => !['EHLO', 'STARTTLS'].includes(command))).toEqual([]);
  });

  it('elsewhere gets login and letter after STARTTLS, when the operator trusts its authority', async () => {
    const behaviour = { certificate, login: { user: 'huwiya', password: 's:e/c' } };
    const {
      sender,
      relay,
      server: seen,
    } = await start(behaviour, { host: elsewhere, login: 'huwiya:s%3Ae%2Fc@', extraCa: certificate.certificate });
    expect(await findRelayFailure({ relay, extraCa: certificate.certificate })).toBeUndefined();
    expect(seen.letters).toEqual([]);
    expect(await sender.send(compose())).toEqual({ result: 'sent' });
    expect(seen.letters.map(({ isEncrypted }) => isEncrypted)).toEqual([true]);
    expect(seen.commands.slice(0, 4)).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'AUTH']);
  });

  it.each([
    ['RCPT', '451 try again later', { result: 'failed', failure: 'smtp-451' }],
    ['MAIL', '421 too busy', { result: 'failed', failure: 'smtp-421' }],
    ['RCPT', '550 no such mailbox', { result: 'refused', failure: 'smtp-550' }],
    ['DATA', '554 not this', { result: 'refused', failure: 'smtp-554' }],
  ] as const)('that answers %s with %s: %j', async (command, reply, outcome) => {
    const { sender } = await start({ reply: (given) => (given === command ? reply : undefined) });
    expect(await sender.send(compose())).toEqual(outcome);
  });

  it('that takes the letter at the second attempt has it once', async () => {
    const { sender, server: relay } = await start({
      reply: (command, count) => (command === 'RCPT' && count === 1 ? '450 busy' : undefined),
    });
    const message = compose();
    expect(await sender.send(message)).toEqual({ result: 'failed', failure: 'smtp-450' });
    expect(await sender.send(message)).toEqual({ result: 'sent' });
    expect(relay.letters).toHaveLength(1);
  });

  it('that is busy at first gets the letter from the outbox a little later, once, and the outbox forgets it', async () => {
    const { sender, server: relay } = await start({
      reply: (command, count) => (command === 'RCPT' && count < 3 ? '451 later' : undefined),
    });
    const { engine, storage, close } = await database.open();
    let time = now;
    const clock = { now: () => time };
    const failures: string[] = [];
    await engine.atomic(function* () {
      yield insertMessage(engine.tables, compose());
    });
    const steady = { clock, steady: clock, random: systemRandom, sleep: systemSleep, pause: 5 };
    const tell: OutboxNeeds['tell'] = (_, failure) => {
      failures.push(failure);
      time += 10_000;
    };
    const worker = runOutbox({
      ...steady,
      outbox: storage.outbox,
      senders: { mail: sender },
      report: (fault) => failures.push(String(fault)),
      tell,
    });
    await expect.poll(async () => (await storage.outbox.list({ state: 'sent', limit: 10 })).map(({ attempts }) => attempts)).toEqual([3]);
    await worker.stop();
    const [row] = await engine.read({ text: 'SELECT body, person_id FROM outbox', values: [] });
    await close();
    expect([failures, relay.letters.length, row]).toEqual([['smtp-451', 'smtp-451'], 1, { body: '', person_id: null }]);
  });

  it('that knows us no more is the operator’s to mend: the letter waits', async () => {
    const { sender, relay } = await start({ login: { user: 'huwiya', password: 'new' } }, { login: 'huwiya:old@' });
    expect(await sender.send(compose())).toEqual({ result: 'failed', failure: 'smtp-535' });
    expect(await findRelayFailure({ relay, extraCa: undefined })).toBe('smtp-535');
  });

  it('that is away fails by a code without words', async () => {
    const { sender, server: gone } = await start({});
    await gone.close();
    expect(await sender.send(compose())).toEqual({ result: 'failed', failure: expect.stringMatching(/^mail-e[a-z]+$/) });
  });

  it('is not asked to carry a code that nobody could use any more', async () => {
    const { sender, server: relay } = await start({});
    expect(await sender.send(compose({ until: now }))).toEqual({ result: 'refused', failure: 'letter-outdated' });
    expect(relay.commands).toEqual([]);
  });

  it('is handed nothing that was sealed for another person or changed', async () => {
    const { sender, server: relay } = await start({});
    const message = compose();
    await expect(sender.send({ ...message, personId: 'person-2' })).rejects.toThrow('internal/unexpected');
    await expect(sender.send({ ...message, body: '{}' })).rejects.toThrow('internal/unexpected');
    expect(relay.commands).toEqual([]);
    expect(message.body).not.toContain('sara');
  });
});
