// Who sends what: one sender for each topic of the outbox.

import type { Config } from '../config/config.ts';
import type { Keys } from '../config/keys.ts';
import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { KeyRing } from '../domain/keys/key-ring.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { Senders } from '../domain/outbox/run-outbox.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { createLogoutSender } from './send-logout.ts';
import { createMailSender } from './send-mail.ts';
import { createSecurityEventSender } from './push-security-event.ts';
import { readExtraCa } from './way-out.ts';

export type SenderNeeds = {
  readonly config: Config;
  readonly keys: Keys;
  readonly ring: KeyRing;
  readonly agencies: AgenciesStore;
  readonly clock: Clock;
  readonly fetch: GuardedFetch;
};

export function createSenders({ config, keys, ring, agencies, clock, fetch }: SenderNeeds): Senders {
  const { mail } = config;
  const letters =
    mail === undefined ? {} : { mail: createMailSender({ mail, extraCa: readExtraCa(config), dataKey: keys.data.encryption, clock }) };
  return {
    'security-event': createSecurityEventSender({ agencies, fetch, ring }),
    logout: createLogoutSender({ issuer: config.issuer, agencies, fetch, clock, ring }),
    ...letters,
  };
}
