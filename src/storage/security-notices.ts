// Notices follow entries, inside the act that writes them: nobody can do what a person is told of without the person being told. Looks at rows of this person
// alone.

import { dayMs } from '../domain/kernel/clock.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { aloneADay, findNoticeRule, knownForMs } from '../domain/protection/notice.ts';
import type { NoticeRule } from '../domain/protection/notice.ts';
import { toGiveUpAt } from '../domain/outbox/message.ts';
import type { Tables } from './dialect.ts';
import type { Act } from './engine.ts';
import { insertMessage } from './insert-message.ts';

type PersonEvent = SealedEvent & { readonly personRef: string };

function isOfPerson(event: SealedEvent): event is PersonEvent {
  return event.personRef !== null;
}

export function* tellPerson(tables: Tables, event: SealedEvent): Act<void> {
  const general = findNoticeRule(event.type, (name) => readWord(event.body, name));
  if (general === undefined || !isOfPerson(event) || !(yield* isDue(event, general.when))) {
    return;
  }
  const rule = yield* toRuleOf(event, general);
  const window = [event.personRef, rule.kind, event.at - dayMs];
  const earlier = yield {
    text: 'SELECT id FROM security_notices WHERE person_id = ? AND kind = ? AND at > ? ORDER BY at DESC, id DESC',
    values: window,
  };
  const [newest] = earlier;
  if (newest === undefined || earlier.length < aloneADay) {
    yield* addNotice(tables, event, rule);
    return;
  }
  const id = String(newest['id']);
  yield { text: 'UPDATE security_notices SET count = count + 1, last_at = ? WHERE id = ?', values: [event.at, id] };
  yield* tellAddresses(tables, event, { id, former: yield* findReplaced(event, rule) });
}

/** The passkey of this entry is there already: nobody else's was before it, ended or not. Its first sign-in where it was made is told of with it. */
function* toRuleOf(event: PersonEvent, rule: NoticeRule): Act<NoticeRule> {
  if (rule.first === undefined) {
    return rule;
  }
  const held = yield { text: 'SELECT id FROM passkeys WHERE person_id = ? LIMIT 2', values: [event.personRef] };
  if (held.length > 1) {
    return rule;
  }
  yield* isNewDevice(event);
  return { ...rule, kind: rule.first };
}

const unlessClosed = "EXISTS (SELECT 1 FROM people WHERE id = ? AND status <> 'closed')";

const insertNotice = `INSERT INTO security_notices (id, person_id, kind, device, passkey_id, at, last_at, count)
  SELECT CAST(? AS text), CAST(? AS text), CAST(? AS text), CAST(? AS text), CAST(? AS text), CAST(? AS bigint), CAST(? AS bigint), 1 WHERE ${unlessClosed} RETURNING id`;

/** The relay takes a few letters at a time; see the letters of contacts. */
const doors = 4;

function* addNotice(tables: Tables, event: PersonEvent, rule: NoticeRule): Act<void> {
  const { id, personRef: personId, at, seenOn } = event;
  const values = [id, personId, rule.kind, seenOn?.device ?? null, seenOn?.passkeyId ?? null, at, at, personId];
  const added = yield { text: insertNotice, values };
  if (added.length === 0) {
    return;
  }
  const oldest = toIds(yield { text: formerAddresses, values: [personId, at] });
  const former = [...new Set([...oldest, ...(yield* findReplaced(event, rule))])];
  yield* tellAddresses(tables, event, { id, former, isCurrentTold: rule.hasOwnLetter !== true });
}

type Addresses = { readonly id: string; readonly former: readonly string[]; readonly isCurrentTold?: boolean };

function* tellAddresses(tables: Tables, event: PersonEvent, { id, former, isCurrentTold = false }: Addresses): Act<void> {
  const recipient = `mail-${(Number.parseInt(id.slice(-2), 16) % doors) + 1}`;
  const { personRef: personId, at } = event;
  const message = { topic: 'notice', recipient, personId, createdAt: at, giveUpAt: toGiveUpAt('notice', at) } as const;
  if (isCurrentTold) {
    yield insertMessage(tables, { ...message, id, body: JSON.stringify({ notice: id }) });
  }
  for (const address of former) {
    yield insertMessage(tables, { ...message, id: `${id}.${address}`, body: JSON.stringify({ notice: id, former: address }) });
  }
}

const toIds = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] => rows.map((row) => String(row['id']));

/** The oldest first: whoever took the account over may have replaced the address more than once. */
const formerAddresses = 'SELECT id FROM former_addresses WHERE person_id = ? AND expires_at > ? ORDER BY replaced_at, id LIMIT 3';
const replacedNow = 'SELECT id FROM former_addresses WHERE person_id = ? AND replaced_at = ?';

/** An address hears that it was replaced itself, however many came before it: whose it is may hear nothing else of all this. */
function* findReplaced({ personRef, at }: PersonEvent, { kind }: NoticeRule): Act<readonly string[]> {
  return kind === 'contact-changed' ? toIds(yield { text: replacedNow, values: [personRef, at] }) : [];
}

function* isDue(event: PersonEvent, when: NoticeRule['when']): Act<boolean> {
  switch (when) {
    case 'always':
      return true;
    case 'proven':
      return readWord(event.body, 'proof') !== undefined;
    case 'new-device':
      return yield* isNewDevice(event);
    case 'first-record':
      return yield* isFirstRecord(event);
    case 'returning':
      return (yield { text: 'SELECT id FROM passkeys WHERE person_id = ? LIMIT 1', values: [event.personRef] }).length > 0;
  }
}

/** A word of the payload. */
function readWord(body: string, name: string): string | undefined {
  const { payload } = readMembers(body);
  const word: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, name) : undefined;
  return typeof word === 'string' ? word : undefined;
}

function readMembers(body: string): { readonly payload: unknown } {
  const members: unknown = JSON.parse(body);
  return { payload: typeof members === 'object' && members !== null ? Reflect.get(members, 'payload') : undefined };
}

const isKnown = 'SELECT name FROM known_devices WHERE person_id = ? AND name = ? AND last_at > ?';
const remember = `INSERT INTO known_devices (person_id, name, last_at) SELECT CAST(? AS text), CAST(? AS text), CAST(? AS bigint) WHERE ${unlessClosed}
  ON CONFLICT (person_id, name) DO UPDATE SET last_at = excluded.last_at`;

/** A passkey that was not used lately, or a kind of device that was not seen lately. In this order always, so that two sign-ins never wait for each other. */
function* isNewDevice({ personRef, at, seenOn }: PersonEvent): Act<boolean> {
  if (seenOn === undefined) {
    return false;
  }
  let isNew = false;
  for (const name of [`device:${seenOn.device}`, `passkey:${seenOn.passkeyId}`]) {
    const known = yield { text: isKnown, values: [personRef, name, at - knownForMs] };
    isNew = known.length === 0 || isNew;
    yield { text: remember, values: [personRef, name, at, personRef] };
  }
  return isNew;
}

/** The record of this entry is there already; of a service that the person knows there are two, or more versions. */
function* isFirstRecord({ personRef, service }: PersonEvent): Act<boolean> {
  const versions = yield {
    text: 'SELECT version FROM consent_versions WHERE person_id = ? AND consent_id IN (SELECT id FROM consents WHERE person_id = ? AND client_id = ?) LIMIT 2',
    values: [personRef, personRef, service],
  };
  return versions.length < 2;
}
