// Public figures in other hands: whose they are, that nothing small stands in them, and that no earlier month was changed.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toDocument } from '../../../src/domain/audit/figures/document.ts';
import type { DocumentGiven } from '../../../src/domain/audit/figures/document.ts';
import { toCounts } from '../../../src/domain/audit/figures/figure.ts';
import { toDigest } from '../../../src/domain/kernel/ids.ts';
import { exitCodes } from '../../../src/verifier/exit-codes.ts';
import { runVerifier } from '../../../src/verifier/main.ts';
import { figuresChecks, isFigures, verifyFigures } from '../../../src/verifier/verify-figures.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import { issuer, receiptSigner, signJws, toJwks } from '../../support/receipt-samples.ts';

const keys = JSON.stringify(toJwks(receiptSigner));
const trusted = { keys, issuer };
const header = { alg: 'EdDSA', kid: 'receipt-1', typ: 'huwiya-figures+jwt' };

const given: DocumentGiven = {
  issuer,
  month: '2026-10',
  edition: 1,
  from: Date.parse('2026-09-30T21:00:00Z'),
  to: Date.parse('2026-10-31T21:00:00Z'),
  publishedAt: Date.parse('2026-11-02T00:00:00Z'),
  reason: null,
  checkpoint: { size: 4182, root: 'cm9vdA==' },
  shown: {
    agencies: [
      {
        id: 'mol',
        name: { ar: 'وزارة العمل', en: 'Ministry of Labour' },
        figures: toCounts((figure) => (figure === 'asked' ? 5240 : { below: 200 })),
      },
    ],
    total: toCounts((figure) => (figure === 'asked' ? 5240 : { below: 200 })),
    unmasked: { below: 15 },
    unmaskedBy: [
      { agency: 'mol', people: { below: 15 } },
      { agency: null, people: 21 },
    ],
  },
  earlier: [],
};

const toFile = (document: string, jws = signJws(header, JSON.parse(document))): string => `{"document":${document},"signature":"${jws}"}\n`;
const september = toDocument({ ...given, month: '2026-09' });
const document = toDocument({
  ...given,
  earlier: [{ month: '2026-09', edition: 1, digest: toDigest(september), publishedAt: given.publishedAt }],
});
const file = toFile(document);
const kept = toFile(september);

/** Another text in place of one, signed by the issuer none the less. */
const resign = (from: string, to: string): string => {
  const changed = document.replace(from, to);
  expect(changed).not.toBe(document);
  return toFile(changed);
};

const findFault = (text: string, more: Parameters<typeof verifyFigures>[1] = {}): string | undefined =>
  verifyFigures(text, { ...trusted, ...more }).checks.find(({ result }) => result === 'failed')?.name;

describe('public figures', () => {
  it('hold, and say of which month they are; earlier ones that were kept are named in them', () => {
    expect(isFigures(file)).toBe(true);
    expect(verifyFigures(file, { ...trusted, kept: [kept] })).toMatchObject({
      isValid: true,
      trust: { keys: 'given' },
      said: { month: '2026-10', edition: 1, size: 4182 },
    });
    const alone = verifyFigures(file, trusted);
    expect([alone.isValid, alone.checks.filter(({ result }) => result === 'not-run').map(({ name }) => name)]).toEqual([
      true,
      ['figures-earlier'],
    ]);
  });

  it.each([
    ['figures-form', `${JSON.stringify(JSON.parse(file), undefined, 2)}\n`],
    ['figures-form', '{"document":{"format":"huwiya-figures/1"},"signature":"x"}'],
    ['figures-form', file.replace('"signature"', '"signed"')],
    ['figures-signature', file.replace('5240', '5250')],
    ['figures-signature', toFile(document, signJws({ ...header, typ: 'huwiya-receipt+jwt' }, JSON.parse(document)))],
    ['figures-signature', toFile(document, signJws(header, JSON.parse(september)))],
    ['figures-signature', toFile(document, 'x.y.z')],
    ['issuer', resign(issuer, 'https://other.example')],
    // What the issuer signs is not believed to be hidden only because it is signed.
    ['figures-hidden', resign('5240', '5243')],
    ['figures-hidden', resign('5240', '190')],
    ['figures-hidden', resign('5240', '"many"')],
    ['figures-hidden', resign('{"below":200}', '{"below":3}')],
    ['figures-hidden', resign('{"below":200}', '{}')],
    ['figures-hidden', resign('"unmasked":{"below":15}', '"unmasked":2')],
    ['figures-hidden', resign('"people":21', '"people":14')],
    ['figures-hidden', resign('"step":10', '"step":0')],
    ['figures-hidden', resign('"state":', '"status":')],
    ['figures-hidden', resign('"agencies":[{', '"agencies":[[],{')],
  ])('are refused for %s', (fault, text) => {
    expect(isFigures(text)).toBe(true);
    expect(findFault(text)).toBe(fault);
    expect(verifyFigures(text, trusted).isValid).toBe(false);
  });

  it('are refused under another key, under none, or where they are no figures at all', () => {
    expect(findFault(file, { keys: JSON.stringify(toJwks(createSigner('receipt-1', 'stranger'))) })).toBe('figures-signature');
    expect(verifyFigures(file)).toMatchObject({ isValid: false, trust: { keys: 'none' }, said: null });
    expect(verifyFigures('{}')).toMatchObject({ isValid: false, said: null });
    expect([isFigures('{}'), isFigures('x'), isFigures('{"document":[]}')]).toEqual([false, false, false]);
  });

  it.each([
    ['a month that was changed', toFile(september.replace('5240', '5250'))],
    ['a month of another issuer', toFile(september.replace(issuer, 'https://other.example'))],
    ['a month that they do not name', toFile(toDocument({ ...given, month: '2026-08' }))],
    ['no month at all', '{}'],
  ])('are refused beside %s', (_, other) => {
    expect(findFault(file, { kept: [kept] })).toBeUndefined();
    expect(findFault(file, { kept: [kept, other] })).toBe('figures-earlier');
  });

  it.each([
    { month: '2026-07', edition: 1 },
    { month: '2026-09', edition: 2 },
  ])('do not name a month under $month, edition $edition', (named) => {
    const wrong = toFile(toDocument({ ...given, earlier: [{ ...named, digest: toDigest(september), publishedAt: given.publishedAt }] }));
    expect(findFault(wrong, { kept: [kept] })).toBe('figures-earlier');
  });

  it('have an exit code of its own for each kind of fault', () => {
    expect(new Set(figuresChecks.map((check) => exitCodes[check])).size).toBe(figuresChecks.length);
  });
});

describe('the verifier, of public figures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'figures-'));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const run = async (text: string, ...more: readonly string[]): Promise<{ readonly code: number; readonly said: string }> => {
    const lines: string[] = [];
    const code = await runVerifier([write('month.json', text), '--keys', write('keys.json', keys), ...more], (line) => lines.push(line));
    return { code, said: lines.join('\n') };
  };

  it('says what they are and what they do not prove, and ends with the code of the fault', async () => {
    const good = await run(file, '--issuer', issuer, '--kept', write('kept.json', kept));
    expect(good.code).toBe(0);
    expect(good.said).toContain('figures of "2026-10", edition 1, counted in the first 4182 entries of the log');
    expect(good.said).toContain('not proven that they were counted right');
    expect(good.said).toContain('passed  figures-earlier');
    expect(good.said).toContain('VALID');
    const bent = await run(file.replace('5240', '5250'));
    expect([bent.code, bent.said.includes('figures of')]).toEqual([61, false]);
    expect((await run(resign('5240', '190'))).code).toBe(62);
    expect((await run(file, '--kept', write('other.json', toFile(september.replace('5240', '5250'))))).code).toBe(63);
    expect((await run(JSON.stringify(JSON.parse(file), undefined, 2))).code).toBe(60);
  });
});
