// Whether enough witnesses saw a checkpoint, as the verifier judges it by a policy of whoever runs it. Cosignatures are made by the product.

import { describe, expect, it } from 'vitest';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { NoteSigner } from '../../../src/domain/ledger/signed-note.ts';
import { parsePolicy } from '../../../src/domain/witnesses/policy.ts';
import { addLines, createCosignature } from '../../../src/domain/witnesses/cosignature.ts';
import { findLogKeys } from '../../../src/verifier/log-keys.ts';
import { isQuorum, readPolicy } from '../../../src/verifier/policy.ts';
import { findWitnessed } from '../../../src/verifier/witnesses.ts';
import type { Witnessed } from '../../../src/verifier/witnesses.ts';
import { createSigner, sampleStart } from '../../support/ledger-samples.ts';

const log = createSigner('id.example/ledger');
const logKey = toVerifierText(toVerifier(log));
const witnesses = new Map(['court', 'authority', 'university'].map((name) => [name, createSigner(`${name}.example`, name)]));
const stranger = createSigner('court.example', 'stranger');
const toLine = (name: string, signer: NoteSigner): string => `witness ${name} ${toVerifierText(toVerifier(signer, 'witness'), 'witness')}`;
const lines = [...witnesses].map(([name, signer]) => toLine(name, signer));
const checkpoint = createCheckpoint(log, { size: 8, root: Buffer.alloc(32, 3) });
const body = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);

const toText = (...more: readonly string[]): string => `${[...lines, ...more].join('\n')}\n`;
const twoOfThree = ['group g 2 court authority university', 'quorum g'];

const cosign = (name: string, at = sampleStart, text = body): string => {
  const signer = witnesses.get(name) ?? stranger;
  return createCosignature(signer, text, at);
};

function judge(cosignatures: readonly string[], policyText = toText(...twoOfThree), key = logKey): Witnessed | undefined {
  const policy = readPolicy(policyText);
  const keys = findLogKeys([key]);
  return typeof policy === 'number' || keys === undefined ? undefined : findWitnessed(addLines(checkpoint, cosignatures), keys, policy);
}

describe('the witnesses of a checkpoint', () => {
  it('are enough when the quorum of the policy cosigned it, and are named with their times', () => {
    expect(judge([cosign('court'), cosign('authority')])).toEqual({
      isEnough: true,
      detail: 'cosigned by court.example at 2026-01-02T03:04:05.000Z, authority.example at 2026-01-02T03:04:05.000Z',
    });
  });

  it('are not enough below the quorum, and none counts twice', () => {
    expect(judge([])).toEqual({ isEnough: false, detail: 'no witness of the policy cosigned it; the quorum of the policy asks for more' });
    expect(judge([cosign('court')])?.isEnough).toBe(false);
    expect(judge([cosign('court'), cosign('court', sampleStart + 60_000)])?.isEnough).toBe(false);
  });

  it('count only with a cosignature of their own, over this checkpoint, and of no time to come', () => {
    const court = cosign('court');
    const other = body.replace('\n8\n', '\n9\n');
    expect(judge([court, cosign('nobody')])?.isEnough).toBe(false);
    expect(judge([court, cosign('authority', sampleStart, other)])?.isEnough).toBe(false);
    expect(judge([court, cosign('authority', Date.now() + 3_600_000)])?.isEnough).toBe(false);
    expect(judge([court, cosign('authority', Date.now() + 60_000)])?.isEnough).toBe(true);
  });

  it('count no more once a wrong line stands under their name', () => {
    const wrong = cosign('authority', sampleStart, body.replace('\n8\n', '\n9\n'));
    expect(judge([cosign('court'), cosign('authority'), wrong])?.isEnough).toBe(false);
    expect(judge([cosign('court'), cosign('authority'), 'no line\n'])?.detail).toBe('there is no checkpoint');
  });

  it('are those of the named log alone', () => {
    const cosigned = [cosign('court'), cosign('authority')];
    const elsewhere = toVerifierText(toVerifier(createSigner('other.example/ledger')));
    expect(judge(cosigned, toText(`log ${logKey}`, ...twoOfThree))?.isEnough).toBe(true);
    expect(judge(cosigned, toText(`log ${elsewhere}`, ...twoOfThree))).toEqual({
      isEnough: false,
      detail: 'the policy names other logs, not this one',
    });
  });

  it.each([
    [['quorum court'], ['court'], true],
    [['quorum court'], ['authority', 'university'], false],
    [['quorum none'], [], true],
    [['group g any court authority', 'quorum g'], ['authority'], true],
    [['group g all court authority university', 'quorum g'], ['court', 'authority'], false],
    [['group g any authority university', 'group h all court g', 'quorum h'], ['court', 'university'], true],
    [['group g any authority university', 'group h all court g', 'quorum h'], ['authority', 'university'], false],
  ])('are counted by the groups of the policy: %j with %j', (more, names, isEnough) => {
    expect(
      judge(
        names.map((name) => cosign(name)),
        toText(...more),
      )?.isEnough,
    ).toBe(isEnough);
  });
});

/** Each of the one before it. */
const manyGroups = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `group g${at} any ${at === 0 ? 'court' : `g${at - 1}`}`);

describe('a policy', () => {
  const other = createSigner('other.example', 'other');
  it.each([
    ['no quorum', toText()],
    ['two quorums', toText('quorum court', 'quorum none')],
    ['a quorum of nobody', toText('quorum g')],
    ['a quorum with more words', toText('quorum court authority')],
    ['a group before its members', toText('group g any h', 'quorum g')],
    ['a member twice', toText('group g 2 court court', 'quorum g')],
    ['a member of two groups', toText('group g any court', 'group h any court', 'quorum h')],
    ['a number beyond the members', toText('group g 4 court authority university', 'quorum g')],
    ['a number of zero', toText('group g 0 court', 'quorum g')],
    ['an empty group', toText('group g all', 'quorum g')],
    ['a name twice', toText('group court any authority', 'quorum court')],
    ['the name that means nobody', toText(toLine('none', other), 'quorum none')],
    ['a witness twice', toText(lines[0]?.replace('witness court', 'witness again') ?? '', 'quorum court')],
    ['a witness with too many words', toText(`${toLine('o', other)} https://o.example more`, 'quorum court')],
    ['the key of a log for a witness', toText(`witness o ${toVerifierText(toVerifier(other))}`, 'quorum court')],
    ['the key of a witness for a log', toText(`log ${toVerifierText(toVerifier(other, 'witness'), 'witness')}`, 'quorum court')],
    ['a log twice', toText(`log ${logKey}`, `log ${logKey}`, 'quorum court')],
    ['another word', toText('witnes o', 'quorum court')],
    ['a word that only ends as a comment begins', toText('x#', 'quorum court')],
    ['a log with too many words', toText(`log ${logKey} https://l.example more`, 'quorum court')],
    ['a line that is none before all others', `witnes\n${toText('quorum court')}`],
    ['a number in another spelling', toText('group g 02 court authority', 'quorum g')],
    ['more groups than a policy has', toText(...manyGroups(98), 'quorum none')],
    ['no newline at its end', toText('quorum court').slice(0, -1)],
    ['another control character', toText('quorum court\r')],
  ])('is refused with %s, by the verifier and by the node', (_, text) => {
    expect(typeof readPolicy(text)).toBe('number');
    expect(parsePolicy(text).ok).toBe(false);
  });

  it('may have comments, empty lines, tabs and addresses', () => {
    const text = `# ours\n\n\tlog\t${logKey}  https://id.example/ledger\n${lines.map((line) => `${line} https://w.example`).join('\n')}\n  # more\nquorum court\n`;
    expect([typeof readPolicy(text), parsePolicy(text).ok]).toEqual(['object', true]);
    const policy = readPolicy(text);
    expect(typeof policy === 'object' && [policy.logs.map(({ text: key }) => key), [...policy.rules.keys()], policy.quorum]).toEqual([
      [logKey],
      ['court', 'authority', 'university'],
      'court',
    ]);
  });

  it('may have a hundred witnesses and groups, and ask for ten of them', () => {
    const full = toText(...manyGroups(97), 'quorum none');
    expect([typeof readPolicy(full), parsePolicy(full).ok]).toEqual(['object', true]);
    const names = Array.from({ length: 12 }, (_, at) => `w${at}`);
    const many = names.map((name) => toLine(name, createSigner(`${name}.example`, name)));
    const text = `${[...many, `group g 10 ${names.join(' ')}`, 'quorum g'].join('\n')}\n`;
    const policy = readPolicy(text);
    const asks = (count: number): boolean =>
      typeof policy === 'object' && isQuorum(policy, ({ name }) => Number(name.split('.')[0]?.slice(1)) < count);
    expect([parsePolicy(text).ok, asks(9), asks(10)]).toEqual([true, false, true]);
  });

  it('that is wrong in one line is refused with the number of that line', () => {
    expect(readPolicy(toText('group g 2 court nobody', 'quorum g'))).toBe(4);
    expect(readPolicy(`witnes\n${toText('quorum court')}`)).toBe(1);
  });
});
