// What an agency was approved to ask for and never took: it should be given back. A purpose, or an attribute of one, of an active service, registered for
// longer than the limit, under which nothing ever left.

import { dayMs } from '../../kernel/clock.ts';
import { toDayStart } from '../country-day.ts';
import { isInForceAt, readRegisterThen } from '../register-then.ts';
import type { PurposeThen } from '../register-then.ts';
import { nothingMore, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';

const limits = { days: 90 } as const;

/** Until the end of the last day: whole days are counted already. */
async function findReleased({ facts }: AnomalyPorts, { to, below }: Swept, services: readonly string[]): Promise<ReadonlySet<string>> {
  const filter = { types: ['data.released'], services, to: toDayStart(to - 1) + dayMs, below } as const;
  const groups = await facts.groupFacts(filter, { by: ['service', 'purpose', { mark: 'attribute' }], limit: 100_000 });
  return new Set(groups.map(({ keys }) => keys.join(' ')));
}

type Standing = { readonly then: PurposeThen; readonly released: ReadonlySet<string> };

function findUnused({ most, to }: Swept, { then: { from, index, purpose }, released }: Standing): readonly Anomaly[] {
  const { attributes, clientId: service, id } = purpose;
  const unused = attributes.filter(({ name }) => !released.has(`${service} ${id} ${name}`));
  if (unused.length === 0 || index === null || from === null || from >= to - limits.days * dayMs) {
    return [];
  }
  const numbers = { unused: unused.length, approved: attributes.length };
  return [{ ...nothingMore, rule: 'unused-approval', service, purpose: id, numbers, ...toPlace([{ index, at: from }], most) }];
}

export const unusedRule: Rule = {
  name: 'unused-approval',
  mustBeZero: false,
  limits,
  find: async (ports, swept) => {
    const registered = await ports.agencies.listServices();
    const services = registered.filter(({ service }) => swept.services?.includes(service.clientId) ?? true);
    const { inactive, purposes } = await readRegisterThen(ports, { services, below: swept.below });
    const standing = purposes.filter((then) => isInForceAt(then, swept.to) && !inactive.has(then.purpose.clientId));
    const released = await findReleased(
      ports,
      swept,
      services.map(({ service }) => service.clientId),
    );
    return standing.flatMap((then) => findUnused(swept, { then, released }));
  },
};
