// Seals over the register as a server keeps it: one short answer that is another one when any value of the rows is another one. Over values and not over numbers of
// versions: no act can forget to count, and a server that was set back, or one that took over, says of other rows another seal.

import type { Engine } from './engine.ts';

export type RegisterSeals = {
  /** Over a service, its agency and its current purposes; undefined where there is no such service. */
  readonly ofService: (clientId: string) => Promise<string | undefined>;
  readonly ofAll: () => Promise<string>;
};

/** A row as text quotes what is in it, so two registers are never one text. SHA-256: agencies choose what is in their rows. */
const toSeal = (row: string): string => `encode(sha256(convert_to(CAST(${row} AS text), 'UTF8')), 'hex')`;

const serviceText = `SELECT ${toSeal(`ROW(services, agencies,
    (SELECT array_agg(purposes ORDER BY purposes.id) FROM purposes WHERE purposes.client_id = services.client_id AND purposes.is_current))`)} AS seal
  FROM services JOIN agencies ON agencies.id = services.agency_id WHERE services.client_id = ?`;

const allText = `SELECT ${toSeal(`ROW(
    (SELECT array_agg(services ORDER BY services.client_id) FROM services),
    (SELECT array_agg(agencies ORDER BY agencies.id) FROM agencies),
    (SELECT array_agg(purposes ORDER BY purposes.client_id, purposes.id) FROM purposes WHERE purposes.is_current))`)} AS seal`;

export function createRegisterSeals({ read }: Pick<Engine, 'read'>): RegisterSeals {
  return {
    ofService: async (clientId) => {
      const [row] = await read({ text: serviceText, values: [clientId] });
      return row && String(row['seal']);
    },
    ofAll: async () => String((await read({ text: allText, values: [] }))[0]?.['seal']),
  };
}
