import { describe, expect, it } from 'vitest';
import { findEntryFile } from '../../../src/domain/audit/entry-file.ts';
import { viewEntry } from '../../../src/domain/audit/view-entry.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { verifyEntry as verifyByCommand } from '../../../src/verifier/verify-entry.ts';
import { verifyEntry } from '../../../views/assets/verification-entry.js';
import { createAuditWorld, officer } from '../../support/audit-world.ts';

const { subtle } = crypto;
const world = await createAuditWorld(13);
const shown = getValue(await viewEntry(world.needs, officer, { index: 5, form: 'page' }));
const honest = findEntryFile(shown, toVerifierText(toVerifier(world.signer)));
const text = JSON.stringify(honest);

type Said = { readonly checks: readonly { readonly name: string; readonly result: string }[] };

const toLine = (verdict: string, { checks }: Said): string =>
  [verdict, ...checks.map(({ name, result }) => `${name} ${result}`)].join(', ');

async function findDispute(changed: string): Promise<string | undefined> {
  const command = verifyByCommand(changed);
  const page = await verifyEntry(subtle, changed);
  const [first, second] = [toLine(command.isValid ? 'valid' : 'invalid', command), toLine(page.verdict, page)];
  return first === second ? undefined : `${first} / ${second}`;
}

/** The text once for each of its bytes, with one bit of that byte changed. */
function flipEach(): readonly string[] {
  const bytes = Buffer.from(text);
  return Array.from(bytes.keys(), (at) => Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ 1 : byte))).toString());
}

describe('an entry in the browser and at the command', () => {
  it('holds for both', async () => {
    expect((await verifyEntry(subtle, text)).verdict).toBe('valid');
    expect(await findDispute(text)).toBeUndefined();
  });

  it('is judged the same with one byte changed, wherever', async () => {
    const disputes = await Promise.all(flipEach().map(findDispute));
    expect(disputes.length).toBeGreaterThan(1000);
    expect(disputes.filter((dispute) => dispute !== undefined).slice(0, 3)).toEqual([]);
  }, 60_000);

  it('is judged the same with one member left out or of another kind', async () => {
    const changes = ['format', 'entry', 'proof', 'checkpoint', 'log'].flatMap((name) =>
      [undefined, null, 5, 'x', [], {}].map((value) => JSON.stringify({ ...honest, [name]: value })),
    );
    const disputes = await Promise.all([...changes, '', '{}', '[]', 'null'].map(findDispute));
    expect(disputes.filter((dispute) => dispute !== undefined)).toEqual([]);
  });

  it('is not judged by a browser that cannot look', async () => {
    expect(await verifyEntry(undefined, text)).toMatchObject({
      verdict: 'undecided',
      checks: [{ result: 'passed' }, { result: 'not-here' }, {}, {}, {}],
    });
  });
});
