// Who sends what: one sender for each topic of the outbox.

import type { Config } from '../config/config.ts';
import type { Keys } from '../config/keys.ts';
import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { DeclaredStore } from '../domain/declared/store.ts';
import type { KeyRing } from '../domain/keys/key-ring.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { PeopleStore } from '../domain/people/store.ts';
import type { ProtectionStore } from '../domain/protection/store.ts';
import type { Senders } from '../domain/outbox/run-outbox.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { createLogoutSender } from './send-logout.ts';
import { createLetterDoor, createMailSender } from './send-mail.ts';
import { createNoticeSender } from './send-notice.ts';
import type { ToNoticeLetter } from './send-notice.ts';
import { createSecurityEventSender } from './push-security-event.ts';
import { readExtraCa } from './way-out.ts';

export type SenderNeeds = {
  readonly config: Config;
  readonly keys: Keys;
  readonly ring: KeyRing;
  readonly storage: {
    readonly agencies: AgenciesStore;
    readonly people: PeopleStore;
    readonly protection: ProtectionStore;
    readonly declared: DeclaredStore;
  };
  readonly letters: ToNoticeLetter;
  readonly clock: Clock;
  readonly fetch: GuardedFetch;
};

export function createSenders({ config, keys, ring, storage, clock, fetch, letters }: SenderNeeds): Senders {
  const { mail } = config;
  const { agencies, people, protection, declared } = storage;
  const dataKey = keys.data.encryption;
  const door = mail === undefined ? undefined : { mail, extraCa: readExtraCa(config), clock };
  return {
    'security-event': createSecurityEventSender({ agencies, fetch, ring }),
    logout: createLogoutSender({ issuer: config.issuer, agencies, fetch, clock, ring }),
    notice: createNoticeSender({ people, protection, declared, dataKey, toLetter: letters, send: door && createLetterDoor(door) }),
    ...(door === undefined ? {} : { mail: createMailSender({ ...door, dataKey }) }),
  };
}
