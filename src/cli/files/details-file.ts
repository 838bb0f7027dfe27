// What an agency says of itself and of a service beyond what the protocol needs, as it stands in the agencies file: shape only (domain model 5.1).

import { z } from 'zod';
import { organisationTypes } from '../../domain/agencies/agency.ts';
import { delegates, environments } from '../../domain/agencies/service-details.ts';
import type { Organisation } from '../../domain/agencies/agency.ts';
import { localized } from './purpose-file.ts';

export const organisation = z.strictObject({
  legal_name: localized.optional(),
  type: z.enum(organisationTypes).optional(),
  ministry: localized.optional(),
  address: localized.optional(),
  signatory: localized.optional(),
});

const count = z.int().min(1).max(1_000_000_000);
const line = z.string().max(254);

/** Beside the members of the protocol, in the service itself. */
export const details = {
  description: localized.optional(),
  support: z.strictObject({ email: line.optional(), phone: line.optional(), url: z.string().max(2000).optional() }).optional(),
  offline_alternative: localized.optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/))
    .max(20)
    .optional(),
  environment: z.enum(environments).optional(),
  delegation: z.array(z.enum(delegates)).max(4).optional(),
  sector_reason: localized.optional(),
  network_ranges: z.array(line).max(100).optional(),
  operations: z
    .strictObject({ sign_ins_per_day: count.optional(), sign_ins_per_minute: count.optional(), contact: line.optional() })
    .optional(),
  lifecycle: z.strictObject({ review_by: line.optional(), retires_on: line.optional(), successor: line.optional() }).optional(),
};

export function toOrganisation({ legal_name, type, ministry, address, signatory }: z.output<typeof organisation>): Organisation {
  return {
    ...(legal_name === undefined ? {} : { legal_name }),
    ...(type === undefined ? {} : { type }),
    ...(ministry === undefined ? {} : { ministry }),
    ...(address === undefined ? {} : { address }),
    ...(signatory === undefined ? {} : { signatory }),
  };
}
