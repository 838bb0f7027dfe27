// What services send to the interface for agencies and what it answers: parser, description and tests are made of the same schemas.

import { z } from 'zod';
import { dutyKinds } from '../../domain/duties/duty.ts';
import { idleReasons } from '../../domain/consent/check-status.ts';
import { storedStates } from '../../domain/consent/consent.ts';

export const mostAsked = 1000;
export const mostListed = 500;

const subject = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .describe('the subject (sub) by which the service knows the person');
const purpose = z.string().min(1).max(64).describe('id of a registered purpose');
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .describe('RFC 3339, UTC, milliseconds');
const attributes = z.array(z.string()).describe('names of attributes; never their values');

const question = z.strictObject({ sub: subject, purpose });

export const statusQuestion = z
  .union([question, z.strictObject({ items: z.array(question).min(1).max(mostAsked) })])
  .describe('One question, or up to 1,000 of them.');

const status = z.strictObject({
  sub: subject,
  purpose,
  valid: z.boolean().describe('whether this record carries a use now: the next release would be made'),
  state: z.enum([...storedStates, 'expired', 'none']).describe('none: no record of this service for this person and purpose'),
  reason: z
    .enum(idleReasons)
    .nullable()
    .describe(
      'why a record that stands is not valid; null where it is valid, and where state says why. used_up: it was used as often as was agreed (max_uses, fetch once). ' +
        'too_often: wait until next_use_at (frequency). ask_again: more is asked now than was agreed to, or circumstances changed; the person decides at the next visit. ' +
        'purpose_ended: the purpose is no longer registered.',
    ),
  attributes: attributes.describe('those that may be used now'),
  expires_at: time.nullable().describe('where the record stands'),
  changed_at: time.nullable().describe('the last decision'),
  next_use_at: time.nullable().describe('with too_often: when the next release may be made'),
});

export const statusAnswer = z.strictObject({ at: time, items: z.array(status) }).describe('One answer for each question, in their order.');

const article = z
  .string()
  .trim()
  .min(3)
  .max(300)
  .regex(/^[^\p{C}<>]+$/u);

export const dutyAnswerBody = z
  .discriminatedUnion('answer', [
    z.strictObject({ answer: z.enum(['acknowledged', 'erased']) }),
    z.strictObject({
      answer: z.literal('kept_by_law'),
      article: z
        .union([article, z.strictObject({ ar: article, en: article })])
        .describe('the law and its article, as the person reads it: one text, or one for each language'),
    }),
  ])
  .describe('acknowledged may be followed by another answer; nothing follows erased or kept_by_law.');

export const duty = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(dutyKinds).describe('what it came from'),
    sub: subject.nullable().describe('the subject (sub) of the person; null once they closed their account and the service has answered'),
    purpose,
    record: z.string().describe('the record, as in the security event token'),
    version: z.int().min(1),
    attributes,
    opened_at: time,
    answer_by: time,
    state: z.enum(['open', 'acknowledged', 'erased', 'kept_by_law']),
    overdue: z.boolean(),
    answered_at: time.nullable(),
  })
  .describe('What the service owes a person.');

export const dutyList = z
  .strictObject({ items: z.array(duty), next: z.string().nullable().describe('the cursor of the page behind this one; null on the last') })
  .describe('A page of duties in the order in which they were opened.');

export const dutyQuery = z.strictObject({
  state: z.enum(['unanswered', 'all']).default('unanswered').describe('unanswered are open and acknowledged ones'),
  cursor: z.uuid().optional().describe('the `next` of the page before'),
});

export const delivery = z
  .strictObject({
    id: z.uuid().describe('the `jti` of the token, the same at every try'),
    kind: z
      .enum(['logout', 'security_event'])
      .describe('a logout token to backchannel_logout_uri, or a security event token to security_events_uri'),
    state: z.enum(['waiting', 'delivered', 'given_up']).describe('given_up: it is tried again only when the operator brings it back'),
    tries: z.int().min(0),
    last_failure: z
      .string()
      .nullable()
      .describe(
        'of the last try; null before the first and after a delivery. status-503: your HTTP status. receiver:…: your own refusal. See the guide for the rest.',
      ),
    created_at: time,
    next_try_at: time.nullable().describe('while it waits'),
    tried_until: time,
    delivered_at: time.nullable(),
  })
  .describe('What became of one message to the service. Never about whom it is.');

export const deliveryList = z
  .strictObject({
    items: z.array(delivery),
    next: z.string().nullable().describe('the cursor of the page behind this one; null on the last'),
  })
  .describe('A page of messages, the last one first. Delivered ones are kept for 30 days, those given up for 180.');

export const deliveryQuery = z.strictObject({
  state: z.enum(['all', 'waiting', 'delivered', 'given_up']).default('all').describe('only those in this state'),
  cursor: z.uuid().optional().describe('the `next` of the page before'),
});
