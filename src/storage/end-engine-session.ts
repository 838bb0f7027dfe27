// The end of one session: its tombstone, its entry, and a message to each service that was entered in it, only where it is this act that ends it.

import type { EngineWrite } from '../oidc/store.ts';
import { appendEvents } from './append-events.ts';
import type { Act, Engine } from './engine.ts';
import { toTombstone } from './engine-rows.ts';
import { tellServices } from './logouts-store.ts';
import { insertInto } from './statements.ts';

// Gives a row back only where it was this write that ended the session.
const endSession = `ON CONFLICT (uid) DO UPDATE SET ended_at = excluded.ended_at, payload = '{}'
  WHERE sessions.ended_at IS NULL RETURNING uid`;

type SessionEnd = Extract<EngineWrite, { readonly kind: 'end-session' }>;

export function* endEngineSession(engine: Engine, { uid, at, told }: SessionEnd): Act<void> {
  const ended = yield insertInto(engine.tables.sessions, toTombstone(uid, at), endSession);
  if (ended.length === 0) {
    return;
  }
  yield* tellServices(engine, { sessionUid: uid }, at);
  if (told !== null) {
    yield* appendEvents(engine.tables, [told]);
  }
}
