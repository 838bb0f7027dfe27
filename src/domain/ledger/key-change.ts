// The statement by which a log changes its key: a C2SP signed note, signed by the key that ends and by the key that follows (ADR-0093). It can never be
// taken for a checkpoint: its second line is no number, and its first is no name of a log.

import { Fault, refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { TreeHead } from './checkpoint.ts';
import { hashSize } from './merkle.ts';
import { createSharedNote, decodeBase64, isSignedBy, parseNote, parseVerifier, toVerifier, toVerifierText } from './signed-note.ts';
import type { NoteSigner, NoteVerifier } from './signed-note.ts';

export const keyChangeReasons = ['planned', 'compromised'] as const;
export type KeyChangeReason = (typeof keyChangeReasons)[number];

export type KeyChange = {
  readonly from: NoteVerifier;
  readonly to: NoteVerifier;
  /** The last head that the earlier key answers for. Every longer one needs the key that follows. */
  readonly last: TreeHead;
  readonly at: Millis;
  readonly reason: KeyChangeReason;
};

export type KeyChangeDraft = Pick<KeyChange, 'last' | 'at' | 'reason'>;

const title = 'huwiya-key-change/1';

/** Both keys have the name of the log. Throws a Fault when they do not, or when they are one key. */
export function createKeyChange(from: NoteSigner, to: NoteSigner, { last, at, reason }: KeyChangeDraft): string {
  const [earlier, later] = [toVerifierText(toVerifier(from)), toVerifierText(toVerifier(to))];
  if (from.name !== to.name || earlier === later) {
    throw new Fault('configuration/invalid', 'a log changes from one key to another under one name');
  }
  const head = `${last.size}\n${Buffer.from(last.root).toString('base64')}`;
  return createSharedNote([from, to], `${title}\n${from.name}\n${earlier}\n${later}\n${head}\n${toTimestamp(at)}\n${reason}\n`);
}

const linePattern =
  /^huwiya-key-change\/1\n(?<origin>.+)\n(?<from>.+)\n(?<to>.+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z\d+/]+=)\n(?<at>[\d-]{10}T[\d:]{8}\.\d{3}Z)\n(?<reason>.+)\n$/u;

type Lines = { readonly [name: string]: string };

/** `undefined` where the lines do not say it in their one spelling. */
function findDraft({ size, root = '', at = '', reason }: Lines): KeyChangeDraft | undefined {
  const bytes = decodeBase64(root);
  const known = keyChangeReasons.find((each) => each === reason);
  const numbers = { size: Number(size), at: Date.parse(at) };
  if (bytes?.length !== hashSize || known === undefined || !Object.values(numbers).every(Number.isSafeInteger)) {
    return undefined;
  }
  return { last: { size: numbers.size, root: bytes }, at: numbers.at, reason: known };
}

function findKeys({ origin, from, to }: Lines): readonly [NoteVerifier, NoteVerifier] | undefined {
  const [earlier, later] = [parseVerifier(from ?? ''), parseVerifier(to ?? '')];
  if (!earlier.ok || !later.ok || earlier.value.keyId === later.value.keyId) {
    return undefined;
  }
  return earlier.value.name === origin && later.value.name === origin ? [earlier.value, later.value] : undefined;
}

/** The change, if both keys signed it. Whether the earlier one is to be believed is for whoever follows the chain. */
export function parseKeyChange(text: string): Outcome<KeyChange, 'request/invalid'> {
  const note = parseNote(text);
  if (!note.ok) {
    return note;
  }
  const lines: Lines = linePattern.exec(note.value.text)?.groups ?? {};
  const draft = findDraft(lines);
  const keys = findKeys(lines);
  if (draft === undefined || keys === undefined) {
    return refuse('request/invalid', 'the note is no change of the key of a log');
  }
  const [from, to] = keys;
  const isSigned = isSignedBy(note.value, from) && isSignedBy(note.value, to);
  return isSigned ? succeed({ from, to, ...draft }) : refuse('request/invalid', 'the change is not signed by both keys');
}
