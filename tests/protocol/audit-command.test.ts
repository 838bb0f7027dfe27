// The operator looks at the log by the command: what is printed is true and about nobody, each look is one entry, and a proof can be carried away.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exitCodes } from '../../src/verifier/exit-codes.ts';
import { runVerifier } from '../../src/verifier/main.ts';
import { runCommand } from '../support/command.ts';
import type { Ended } from '../support/command.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readLog } from '../support/read-log.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const lineSchema = z.strictObject({
  index: z.int(),
  type: z.string(),
  at: z.iso.datetime(),
  service: z.string(),
  purpose: z.string(),
  attributes: z.array(z.string()),
});

const linkedSchema = z.object({ '@context': z.record(z.string(), z.unknown()), '@graph': z.array(z.record(z.string(), z.unknown())) });
const publishedTerms = [
  'dpv:ConsentGiven',
  'dpv:ConsentRefused',
  'dpv:ConsentWithdrawn',
  'dpv:DiscloseByTransmission',
  'dpv:PersonalDataProcess',
  'dpv:RenewedConsentGiven',
  'dpv:hasConsentStatus',
  'dpv:hasDataController',
  'dpv:hasPersonalData',
  'dpv:hasProcessing',
  'dpv:hasPurpose',
  'dpv:hasRecipient',
];

describe('the auditor’s commands', () => {
  let world: World;
  let database: OpenDatabase;
  let given: number;
  let withdrawn: number;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await withdraw(traveller, 'permit');
    const entries = await readLog(world);
    given = entries.findIndex(({ type }) => type === 'consent.given');
    withdrawn = entries.findIndex(({ type }) => type === 'consent.withdrawn');
  }, 60_000);

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const printed: string[] = [];

  const run = async (...args: readonly string[]): Promise<Ended> => {
    const ended = await runCommand(['audit', ...args, '--config', join(world.folder, 'node', 'huwiya.env')]);
    printed.push(ended.stdout, ended.stderr);
    return ended;
  };

  const readLooks = (): readonly unknown[] =>
    database
      .rows("SELECT body FROM entries WHERE type LIKE 'record.%' ORDER BY rowid")
      .map(({ body }): unknown => JSON.parse(String(body)))
      .map((body) => (typeof body === 'object' && body !== null ? body : {}));

  const countEntries = (): number => Number(database.rows('SELECT count(*) AS n FROM entries')[0]?.['n']);

  it('query gives the entries of the filter, and is one entry with the filter and the count', async () => {
    const before = countEntries();
    const ended = await run('query', '--service', 'mol-work-permit', '--type', 'consent.given,consent.withdrawn', '--format', 'jsonl');
    const lines = ended.stdout
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)));
    expect(lines.map(({ index }) => index)).toEqual([given, withdrawn]);
    expect(countEntries()).toBe(before + 1);
    expect(readLooks().at(-1)).toMatchObject({
      type: 'record.searched',
      actor: { kind: 'operator', ref: null },
      payload: { filter: { types: ['consent.given', 'consent.withdrawn'], service: 'mol-work-permit' }, returned: 2, form: 'jsonl' },
    });
  });

  it('query writes one JSON-LD document in terms of the Data Privacy Vocabulary, which brings its context, and no pseudonym', async () => {
    const ended = await run('query', '--service', 'mol-work-permit', '--format', 'jsonld');
    const document = linkedSchema.parse(JSON.parse(ended.stdout));
    const byEvent = new Map(document['@graph'].map((node) => [node['event'], node]));
    const released = byEvent.get('urn:huwiya:event:data.released') ?? {};
    expect(byEvent.get('urn:huwiya:event:consent.withdrawn')).toMatchObject({
      kind: 'dpv:PersonalDataProcess',
      status: 'dpv:ConsentWithdrawn',
    });
    expect(byEvent.get('urn:huwiya:event:consent.given')).toMatchObject({
      entry: `${world.issuer}/audit/entries/${given}`,
      controller: 'urn:huwiya:service:mol-work-permit',
      purpose: 'urn:huwiya:purpose:mol-work-permit:permit-renewal',
      data: expect.arrayContaining(['urn:huwiya:attribute:email']),
      status: 'dpv:ConsentGiven',
    });
    expect(byEvent.get('urn:huwiya:event:consent.requested')).not.toHaveProperty('status');
    expect(Object.keys(released).every((name) => name in document['@context'])).toBe(true);
    // Each published by the group (https://github.com/w3c/dpv, dpv/modules), read on 23 November 2026.
    const terms = ended.stdout.match(/dpv:[A-Za-z]+/g) ?? [];
    expect([...new Set(terms)].filter((term) => !publishedTerms.includes(term))).toEqual([]);
    expect(readLooks().at(-1)).toMatchObject({ type: 'record.searched', payload: { form: 'jsonld' } });
    expect((await run('query', '--case', '1448/Q/1', '--format', 'jsonld')).code).toBe(2);
  });

  it('query turns the order around, and refuses a service that nobody registered, leaving no entry', async () => {
    const newest = await run(
      'query',
      '--type',
      'consent.given,consent.withdrawn',
      '--order',
      'newest-first',
      '--limit',
      '1',
      '--format',
      'csv',
    );
    expect(newest.stdout.split('\n')[1]).toMatch(new RegExp(`^${withdrawn},consent.withdrawn,`));
    const before = countEntries();
    const refused = await run('query', '--service', '1000000008');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/unknown service/);
    expect(countEntries()).toBe(before);
  });

  it('show prints the entry with the decisions of its consent, verifies it, and is one entry', async () => {
    const before = countEntries();
    const ended = await run('show', String(given));
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/passed +inclusion/);
    expect(ended.stdout).toContain(`${given} consent.given, ${withdrawn} consent.withdrawn`);
    expect(ended.stdout).toContain('the entry is proven');
    expect(countEntries()).toBe(before + 1);
    expect(readLooks().at(-1)).toMatchObject({ type: 'record.viewed', payload: { index: given, form: 'text' } });
    expect(await run('show', '999999')).toMatchObject({ code: 1, stdout: '' });
    expect(await run('show', '-1')).toMatchObject({ code: 2 });
    expect(countEntries()).toBe(before + 1);
  });

  it('show writes a proof that the separate verifier checks, and that no change survives', async () => {
    const file = join(world.folder, 'proof.json');
    const ended = await run('show', String(given), '--proof', file, '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({ is_proven: true, entry: { index: given } });
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await runVerifier([file], () => undefined)).toBe(0);
    const text = readFileSync(file, 'utf8');
    writeFileSync(join(world.folder, 'changed.json'), text.replace('consent.given', 'consent.denied'));
    expect(await runVerifier([join(world.folder, 'changed.json')], () => undefined)).toBe(exitCodes.commitment);
    expect(await run('show', String(given), '--proof', file)).toMatchObject({ code: 1, stdout: '' });
  });

  it('show nothing where the entry of the look cannot be written', async () => {
    const [queried, shown] = await whileInsertFails(database, 'entries', async () => [
      await run('query'),
      await run('show', String(given)),
    ]);
    expect(queried).toMatchObject({ code: 1, stdout: '' });
    expect(shown).toMatchObject({ code: 1, stdout: '' });
  });

  it('verify says that the log extends a kept checkpoint, and calls a damaged one damaged and not the log', async () => {
    await run('verify');
    const [row] = database.rows('SELECT size, text FROM checkpoints ORDER BY size DESC LIMIT 1');
    const [text, size] = [String(row?.['text']), Number(row?.['size'])];
    const [kept, damaged] = [join(world.folder, 'kept.txt'), join(world.folder, 'damaged.txt')];
    writeFileSync(kept, text);
    writeFileSync(damaged, text.replace(`\n${size}\n`, `\n${size + 1}\n`));
    const compared = await run('verify', '--since', kept);
    expect(compared).toMatchObject({ code: 0, stderr: '' });
    expect(compared.stdout).toContain(`kept checkpoint of ${size} entries (${kept}): the log of today extends it`);
    expect(JSON.parse((await run('verify', '--since', kept, '--json')).stdout)).toMatchObject({ valid: true, kept: [size] });
    const refused = await run('verify', '--since', kept, '--since', damaged);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`${damaged}: is damaged, or was signed by another key than this log has`);
    expect(refused.stderr).not.toContain('NOT WHOLE');
  });

  it('printed nothing of a person', () => {
    const people = database.rows('SELECT id, handle, registry_digest FROM people').flatMap((row) => Object.values(row).map(String));
    const hidden = [...people, '1000000008', 'Sara', 'سارة', 'sara@example.test'];
    const text = printed.join('\n');
    expect(text).toContain('consent.withdrawn');
    expect(hidden.filter((part) => text.includes(part))).toEqual([]);
  });
});
