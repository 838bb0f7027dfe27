// What a remembered sign-in rests on, read by one statement for each of its requests. Must never decide anything: the commit of what is made of it looks at all of
// it again.

import type { EngineStore, Exchange, Releasable, Remembered } from '../oidc/store.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { personKinds } from '../domain/people/person.ts';
import type { PersonKind } from '../domain/people/person.ts';
import { isOpenRow } from './end-recovery.ts';
import type { Engine } from './engine.ts';
import { joinColumns, joinTable } from './joined-rows.ts';
import { toPerson } from './people-store.ts';
import { toConsent } from './read-records.ts';
import type { Row } from './row.ts';

type Reads = Pick<EngineStore, 'findRemembered' | 'findExchange' | 'findReleasable'>;

const ofSession = ['uid', 'payload', 'personId', 'lastSeenAt', 'isShared'] as const;
const ofArtefact = ['key', 'payload', 'personId', 'clientId', 'isOffline'] as const;
function getKind(row: Row): PersonKind {
  const kind = personKinds.find((each) => each === row['kind']);
  if (kind === undefined) {
    throw new Fault('store/unavailable', 'a person is of a kind that is not known');
  }
  return kind;
}

function createRemembered({ read, tables }: Engine): Reads['findRemembered'] {
  const [sessions, consents] = [joinColumns(tables.sessions, 's', ofSession), joinTable(tables.consents, 'c')];
  const text = `SELECT ${sessions.names}, ${consents.names}, people.kind AS kind,
    EXISTS (SELECT 1 FROM recoveries WHERE recoveries.person_id = people.id AND ${isOpenRow}) AS has_recovery
    FROM sessions JOIN people ON people.id = sessions.person_id JOIN consents ON consents.person_id = people.id
    WHERE sessions.key = ? AND sessions.ended_at IS NULL AND sessions.expires_at > ? AND sessions.last_seen_at >= ? AND people.status = 'active'
    AND consents.client_id = ? AND consents.purpose_id = ? AND consents.state IN ('given', 'notified')`;
  return async ({ clientId, idleSince, key, now, purposeId }): Promise<Remembered | undefined> => {
    const [row, other] = await read({ text, values: [now, key, now, idleSince, clientId, purposeId] });
    if (row === undefined || other !== undefined) {
      return undefined;
    }
    const [session, consent] = [sessions.decode(row), toConsent(consents.decode(row))];
    return { session, consent, kind: getKind(row), hasOpenRecovery: Number(row['has_recovery']) === 1 };
  };
}

/** Of an artefact that rests on a record, and was not used. */
const joined = `FROM artefacts JOIN consents ON consents.id = artefacts.consent_id JOIN people ON people.id = artefacts.person_id
  JOIN services ON services.client_id = artefacts.client_id
  JOIN person_subjects ON person_subjects.registry_digest = people.registry_digest AND person_subjects.sector = services.sector
  WHERE artefacts.key = ? AND artefacts.model = ? AND artefacts.expires_at > ? AND artefacts.ended_at IS NULL AND artefacts.consumed_at IS NULL
  AND people.status = 'active'`;

function createExchange({ read, tables }: Engine): Reads['findExchange'] {
  const [artefacts, consents] = [joinColumns(tables.artefacts, 'a', ofArtefact), joinTable(tables.consents, 'c')];
  const text = `SELECT ${artefacts.names}, ${consents.names}, people.kind AS kind, person_subjects.subject AS subject ${joined}`;
  return async (key, now): Promise<Exchange | undefined> => {
    const [row] = await read({ text, values: [key, 'AuthorizationCode', now] });
    if (row === undefined) {
      return undefined;
    }
    const [code, consent] = [artefacts.decode(row), toConsent(consents.decode(row))];
    return { code, consent, kind: getKind(row), subject: String(row['subject']) };
  };
}

function createReleasable({ read, tables }: Engine): Reads['findReleasable'] {
  const [artefacts, consents, people] = [
    joinColumns(tables.artefacts, 'a', ofArtefact),
    joinTable(tables.consents, 'c'),
    joinTable(tables.people, 'p'),
  ];
  const text = `SELECT ${artefacts.names}, ${consents.names}, ${people.names}, person_subjects.subject AS subject ${joined}`;
  return async (key, now): Promise<Releasable | undefined> => {
    const [row] = await read({ text, values: [key, 'AccessToken', now] });
    if (row === undefined) {
      return undefined;
    }
    const [token, consent, person] = [artefacts.decode(row), consents.decode(row), people.decode(row)];
    return { token, consent: toConsent(consent), person: toPerson(person), subject: String(row['subject']) };
  };
}

export function createRememberedStore(engine: Engine): Reads {
  return { findRemembered: createRemembered(engine), findExchange: createExchange(engine), findReleasable: createReleasable(engine) };
}
