// No module is missing, and none is here that the certification does not ask for.

import { expect, test } from 'vitest';
import { basicModules } from './basic-modules.ts';
import { configModules } from './config-modules.ts';
import { backChannelModules, logoutModules } from './logout-modules.ts';
import plans from './plans.json' with { type: 'json' };

test.each([
  ['oidcc-config-certification-test-plan', configModules, 1],
  ['oidcc-basic-certification-test-plan', basicModules, 35],
  ['oidcc-rp-initiated-logout-certification-test-plan', logoutModules, 11],
  ['oidcc-backchannel-rp-initiated-logout-certification-test-plan', backChannelModules, 2],
] as const)('every module of %s is run', (plan, modules, count) => {
  expect(Object.keys(modules)).toEqual(plans[plan]);
  expect(plans[plan]).toHaveLength(count);
});
