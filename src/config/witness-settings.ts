// The settings of who watches the log from outside.

import { hourOrOff, path } from './setting-forms.ts';
import { settingNotes } from './setting-notes.ts';

export const witnessSettings = {
  HUWIYA_WITNESSES: path.optional().register(settingNotes, {
    group: 'outbound',
    unit: 'policy file',
    required: false,
    example: './witnesses.policy',
    sentence:
      'Who cosigns the log, and how many of them are enough (C2SP tlog-policy, with the URL of each witness); docs/guides/witness.md says how.',
  }),
  HUWIYA_WITNESSED_HEAD: path.optional().register(settingNotes, {
    group: 'outbound',
    unit: 'file',
    required: false,
    example: './witnesses.policy.head',
    sentence:
      'Where this node keeps the newest witnessed checkpoint, outside the database and its backups; without it beside the policy, ending in .head.',
  }),
  HUWIYA_VERIFY_HOUR: hourOrOff.register(settingNotes, {
    group: 'telemetry',
    unit: '0 to 23, or off',
    required: false,
    default: '1',
    example: '22',
    sentence: 'The hour of the day (UTC) from which one node verifies the whole log each night, beside its work.',
  }),
};
