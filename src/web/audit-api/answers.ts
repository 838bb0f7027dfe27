// The answers of the auditor's interface, as schemas: what is sent, what the description says, and what the tests hold every answer against are one thing.

import { z } from 'zod';
import { serviceClasses, serviceStatuses } from '../../domain/agencies/agency.ts';
import { eventCatalogue, isEventType } from '../../domain/ledger/event.ts';

const digest = (about: string) =>
  z
    .string()
    .regex(/^[\w-]{43}$/)
    .describe(about);
const localized = z.strictObject({ ar: z.string(), en: z.string() });
const eventType = z.enum(Object.keys(eventCatalogue).filter(isEventType));
const index = z.int().min(0).describe('place in the ledger, from 0');
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .describe('RFC 3339, UTC, milliseconds');

export const entryAnswer = z
  .strictObject({
    index,
    type: z.string().describe('type of event, see /event-types'),
    at: time,
    service: z.string().nullable().describe('client_id of the service concerned'),
    purpose: z.string().nullable().describe('id of the purpose concerned'),
    attributes: z.array(z.string()).describe('names of the attributes concerned; never their values'),
  })
  .describe('An entry as it is listed. It names nobody.');

export const pageAnswer = z
  .strictObject({
    entries: z.array(entryAnswer).describe('in the order asked for'),
    next: z.string().nullable().describe('the cursor of the page behind this one; null on the last'),
    found: z
      .strictObject({
        count: z.int().min(0),
        is_more: z.boolean().describe('true when more match than were counted'),
      })
      .describe('how many entries match in the ledger as it stood'),
    checkpoint: z
      .strictObject({ size: z.int().min(0), at: time })
      .nullable()
      .describe('the ledger as it stood; null before its first checkpoint'),
  })
  .describe('A page of entries.');

export const entryFileAnswer = z
  .strictObject({
    format: z.literal('huwiya-entry/1'),
    entry: z.strictObject({
      id: z.uuid(),
      index,
      body: z.string().describe('RFC 8785 text: the very bytes under the commitment'),
      salt: digest('the salt of the commitment').nullable().describe('null once it was erased'),
      person: digest('the mask').nullable().describe('how the person stands in this entry, and in no other'),
      commitment: digest('SHA-256 of salt, body and person'),
    }),
    proof: z.strictObject({
      index,
      size: z.int().min(1),
      path: z.array(digest('SHA-256 of a node')).describe('RFC 9162 §2.1.3, from the leaf up'),
    }),
    checkpoint: z.string().describe('C2SP signed note'),
    log: z.string().describe('the verifier key of the log'),
  })
  .describe('One entry with what opens and proves it, for the separate verifier.');

export const checkpointAnswer = z
  .strictObject({
    size: z.int().min(0).describe('entries in the ledger'),
    root: z.string().describe('root of the tree, base64url'),
    at: time,
    checkpoint: z.string().describe('C2SP signed note, as at /ledger/checkpoint'),
    log: z.string().describe('the verifier key of the log'),
  })
  .describe('The newest signed state of the ledger.');

export const eventTypesAnswer = z
  .strictObject({ event_types: z.array(z.strictObject({ type: eventType, when: z.string().describe('when it is written') })) })
  .describe('The types of event there are.');

export const servicesAnswer = z
  .strictObject({
    services: z.array(
      z.strictObject({
        client_id: z.string(),
        name: localized,
        class: z.enum(serviceClasses),
        status: z.enum(serviceStatuses),
        agency: z.strictObject({ id: z.string(), name: localized }),
        purposes: z.array(z.strictObject({ id: z.string(), version: z.int().min(1), text: localized })).describe('those asked for now'),
      }),
    ),
  })
  .describe('The registered services, whatever their status.');

export const problemAnswer = z
  .looseObject({
    type: z.string().describe('urn:huwiya:error: and the code'),
    title: z.string().describe('what happened, in the language of Accept-Language'),
    status: z.int(),
    detail: z.string().describe('what it means and what to do'),
    instance: z.string(),
    code: z.string().describe('stable; docs/reference/errors.md lists them'),
    reference: z.string().describe('the number under which the operator finds the cause'),
    errors: z
      .array(
        z.strictObject({
          parameter: z.string().describe('its name, as it was sent'),
          problem: z.string().describe('stable'),
          detail: z.string(),
        }),
      )
      .describe('each parameter that is wrong')
      .optional(),
  })
  .describe('RFC 9457.');
