// The settings that say how long and how often: they are safe by themselves, and can be moved within bounds only.

import { z } from 'zod';
import { parseLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { recoveryHours, trustFramework, unfreezeHours } from './setting-forms.ts';
import { settingNotes } from './setting-notes.ts';

const limits = z.string().transform((text, context): Limits => {
  const parsed = parseLimits(text);
  if (parsed === undefined) {
    context.issues.push({
      code: 'custom',
      message: 'holds an item that is not rule.kind=number, is named twice, or goes beyond what is permitted',
      input: text,
    });
    return z.NEVER;
  }
  return parsed;
});

const wholeUpTo = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d?$/, `is not a whole number between 1 and ${most}`)
    .transform(Number)
    .refine((number) => number <= most, `is more than ${most}`);

const aloneLimit = z
  .string()
  .regex(/^(?:[1-9]\d{0,4}|100000)$/, 'is not a whole number between 1 and 100000')
  .transform(Number);

export const limitSettings = {
  HUWIYA_RECOVERY_HOURS: recoveryHours.register(settingNotes, {
    group: 'identity',
    unit: 'hours, 24 to 720',
    required: false,
    default: '72',
    example: '96',
    sentence: 'How long somebody waits who lost every passkey and comes back without a counter, while all their channels are told.',
  }),
  HUWIYA_SESSION_IDLE: wholeUpTo(30).register(settingNotes, {
    group: 'listening',
    unit: 'minutes, 1 to 30',
    required: false,
    default: '30',
    example: '15',
    sentence: 'How long a session of a person may rest before it ends; on a shared computer five minutes at most.',
  }),
  HUWIYA_SESSION_HOURS: wholeUpTo(12).register(settingNotes, {
    group: 'listening',
    unit: 'hours, 1 to 12',
    required: false,
    default: '12',
    example: '8',
    sentence:
      'How long a session of a person lasts after the last passkey ceremony, whatever happens in it; on a shared computer one hour at most.',
  }),
  HUWIYA_UNFREEZE_HOURS: unfreezeHours.register(settingNotes, {
    group: 'identity',
    unit: 'hours, 24 to 168',
    required: false,
    default: '24',
    example: '48',
    sentence:
      'How long a frozen identity stays frozen after its person asked to lift the freeze; they are told, and can stop it in that time.',
  }),
  HUWIYA_ENROLMENT_CODE_HOURS: wholeUpTo(24).register(settingNotes, {
    group: 'identity',
    unit: 'hours, 1 to 24',
    required: false,
    default: '24',
    example: '4',
    sentence: 'How long an enrolment link or code works that an operator, a counter or a provider of statements hands out.',
  }),
  HUWIYA_AUDIT_EXPORT_ALONE: aloneLimit.register(settingNotes, {
    group: 'identity',
    unit: 'entries, 1 to 100000',
    required: false,
    default: '1000',
    example: '200',
    sentence: 'How many entries an auditor takes alone, out of a case within 7 days; more need a second auditor of the case.',
  }),
  HUWIYA_TRUST_FRAMEWORK: trustFramework.register(settingNotes, {
    group: 'identity',
    unit: 'identifier',
    required: false,
    default: 'urn:huwiya:proofing',
    example: 'urn:example:framework',
    sentence:
      'The rules by which your own counters check people: kept with each check from then on, told to services that may ask, and published in discovery. Providers state under their own.',
  }),
  HUWIYA_LIMITS: limits.optional().register(settingNotes, {
    group: 'listening',
    unit: 'limits, separated by commas',
    required: false,
    example: 'sign-in.ipv6=20,request.ipv4=3000',
    sentence:
      'Limits that differ from the defaults: how many failures, tries of codes or unfinished requests before whoever makes them has to wait. The table in the operator guide says which there are and how far each may be moved.',
  }),
};
