// What an agency was approved to ask for and never took: it should be given back. A purpose, or an attribute of one, of an active service, registered for
// longer than the limit, under which nothing ever left.

import type { Purpose, RegisteredService } from '../../agencies/agency.ts';
import { dayMs } from '../../kernel/clock.ts';
import { toDayStart } from '../country-day.ts';
import { nothingMore, readAll, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';

const limits = { days: 90 } as const;

/** Until the end of the last day: whole days are counted already. */
async function findReleased({ facts }: AnomalyPorts, { to, below }: Swept, services: readonly string[]): Promise<ReadonlySet<string>> {
  const filter = { types: ['data.released'], services, to: toDayStart(to - 1) + dayMs, below } as const;
  const groups = await facts.groupFacts(filter, { by: ['service', 'purpose', { mark: 'attribute' }], limit: 100_000 });
  return new Set(groups.map(({ keys }) => keys.join(' ')));
}

async function findUnused(
  ports: AnomalyPorts,
  swept: Swept,
  { purpose, released }: { readonly purpose: Purpose; readonly released: ReadonlySet<string> },
): Promise<readonly Anomaly[]> {
  const { clientId: service, id, attributes } = purpose;
  const unused = attributes.filter(({ name }) => !released.has(`${service} ${id} ${name}`));
  if (unused.length === 0) {
    return [];
  }
  const asked = { types: ['purpose.changed'], services: [service], purpose: id, to: swept.to, below: swept.below } as const;
  const changes = await readAll(ports, asked, 100);
  const newest = changes.at(-1);
  const isOld = newest !== undefined && newest.at < swept.to - limits.days * dayMs;
  const numbers = { unused: unused.length, approved: attributes.length };
  return isOld ? [{ ...nothingMore, rule: 'unused-approval', service, purpose: id, numbers, ...toPlace([newest], swept.most) }] : [];
}

const isSwept = ({ service }: RegisteredService, { services }: Swept): boolean =>
  service.status === 'active' && (services?.includes(service.clientId) ?? true);

export const unusedRule: Rule = {
  name: 'unused-approval',
  mustBeZero: false,
  limits,
  find: async (ports, swept) => {
    const registered = (await ports.agencies.listServices()).filter((known) => isSwept(known, swept));
    const released = await findReleased(
      ports,
      swept,
      registered.map(({ service }) => service.clientId),
    );
    const purposes = registered.flatMap((known) => known.purposes);
    return (await Promise.all(purposes.map(async (purpose) => findUnused(ports, swept, { purpose, released })))).flat();
  },
};
