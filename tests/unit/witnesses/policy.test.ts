// The policy of witnesses (C2SP tlog-policy): what is read, what is refused and why, and when a checkpoint is witnessed.

import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { isQuorum, parsePolicy, toFewest } from '../../../src/domain/witnesses/policy.ts';
import type { Policy } from '../../../src/domain/witnesses/policy.ts';

function createText(name: string, use: 'log' | 'witness'): string {
  const signer = { name, key: generateKeyPairSync('ed25519').privateKey };
  return toVerifierText(toVerifier(signer, use), use);
}

const log = createText('id.example/ledger', 'log');
const names = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'];
const witnessLines = names.map((name) => `witness ${name} ${createText(`${name}.example`, 'witness')} https://${name}.example/w`);

function getPolicy(text: string): Policy {
  const parsed = parsePolicy(text);
  if (!parsed.ok) {
    throw new TypeError(parsed.detail);
  }
  return parsed.value;
}

const twoGroups = [
  '# from the specification',
  `log ${log}`,
  '',
  ...witnessLines,
  'group X-witnesses 2 X1 X2 X3',
  '\tgroup  Y-witnesses\tany Y1 Y2 Y3 ',
  'group X-and-Y all X-witnesses Y-witnesses',
  'quorum X-and-Y',
  '',
].join('\n');

describe('a policy of witnesses', () => {
  it('is met by two of the one house and one of the other, as in the example of the specification', () => {
    const { quorum, logs, witnesses } = getPolicy(twoGroups);
    expect([logs.length, witnesses.length, toFewest(quorum)]).toEqual([1, 6, 3]);
    expect(isQuorum(quorum, new Set(['X1', 'X3', 'Y2']))).toBe(true);
    expect(isQuorum(quorum, new Set(['X1', 'X2', 'X3']))).toBe(false);
    expect(isQuorum(quorum, new Set(['X1', 'Y1', 'Y2', 'Y3']))).toBe(false);
  });

  it('is met by everything where it asks for nothing', () => {
    expect(isQuorum(getPolicy('quorum none\n').quorum, new Set())).toBe(true);
  });

  it('is never met by fewer than it says are enough, whoever they are', () => {
    const { quorum } = getPolicy(twoGroups);
    fc.assert(fc.property(fc.subarray(names), (chosen) => !isQuorum(quorum, new Set(chosen)) || chosen.length >= toFewest(quorum)));
    expect(toFewest(quorum)).toBe(3);
  });

  const [first = '', second = ''] = witnessLines;
  it.each([
    ['no newline at the end', 'quorum none', 'each ended by a newline'],
    ['another control character', 'quorum none\r\n', 'control characters'],
    ['no quorum', `${first}\n`, 'no quorum line'],
    ['two quorums', 'quorum none\nquorum none\n', 'line 2: there is a second quorum'],
    ['a quorum of nobody known', 'quorum court\n', 'line 1: court is named before it is defined'],
    ['a quorum before its group', `${first}\nquorum all\ngroup all all X1\n`, 'line 2'],
    ['a name that is taken', `${first}\n${second.replace('X2', 'X1')}\nquorum X1\n`, 'line 2: the name X1 is taken'],
    ['the name none', `${first.replace('X1', 'none')}\nquorum none\n`, 'line 1: the name none is taken'],
    ['one key under two names', `${first}\n${first.replace('X1', 'X9')}\nquorum X1\n`, 'line 2: this witness is named twice'],
    ['one log twice', `log ${log}\nlog ${log}\nquorum none\n`, 'line 2: this log is named twice'],
    ['the key of a log as a witness', `witness A ${log}\nquorum A\n`, 'line 1: this is no Ed25519 key of a witness'],
    ['more needed than there are', `${first}\ngroup g 2 X1\nquorum g\n`, 'line 2: a group is written'],
    ['none needed', `${first}\ngroup g 0 X1\nquorum g\n`, 'line 2: a group is written'],
    ['a number with a zero in front', `${first}\ngroup g 01 X1\nquorum g\n`, 'line 2: a group is written'],
    ['one member twice', `${first}\ngroup g any X1 X1\nquorum g\n`, 'line 2: X1 is a member twice'],
    ['one member of two groups', `${first}\ngroup g any X1\ngroup h any X1\nquorum g\n`, 'line 3: X1 is a member twice'],
    ['another word', 'Quorum none\n', 'line 1: a line begins with'],
    ['a word of every object', 'constructor none\n', 'line 1: a line begins with'],
    ['an address that is none', `${first.replace('https://', 'ftp://')}\nquorum X1\n`, 'line 1: the address is no URL'],
  ])('is refused with the line: %s', (_name, text, detail) => {
    const parsed = parsePolicy(text);
    expect(parsed.ok ? '' : parsed.detail).toContain(detail);
  });
});
