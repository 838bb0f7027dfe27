// The table of limits in the operator guide, from the defaults and bounds themselves.

import { limitBounds } from '../../src/config/limits.ts';
import { toTable } from './table.ts';

const counted: Readonly<Record<string, string>> = {
  'enrolment-code': 'tries of enrolment codes and links, of people and of staff',
  'freeze-code': 'tries of freeze codes',
  'recovery-code': 'tries of codes and links of a recovery',
  'recovery-begun': 'recoveries that were begun',
  'sign-in': 'passkey ceremonies that failed, at sign-ins of people and of staff and at the lifting of a freeze',
  ceremony: 'the same ceremonies, where they were begun and not answered',
  'counter-freeze': 'identities frozen at a counter with a press alone; beyond it each takes the passkey of the officer',
  'counter-document': 'documents that an officer wrote down for one person and that do not agree with the registry',
  'case-code': 'codes of registrars that an auditor tried',
  unmask: 'people whose unmasking an auditor asked for',
  'audit-look': 'looks of an auditor; one more is refused, with a warning in the log of the program',
  pushed: 'requests that a service pushed and that did not come to an end',
  request: 'requests of services, by browsers in which nobody is signed in, that were begun and not finished',
};

const under: Readonly<Record<string, string>> = {
  service: 'one service',
  client: 'one service from one address',
  ipv4: 'one address of IPv4',
  officer: 'one officer',
  ipv6: 'one network of IPv6 (`/64`)',
};

const toTime = (seconds: number): string => {
  const minutes = seconds / 60;
  return minutes < 60 ? `${minutes} minutes` : `${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}`;
};

export function toLimitTable(): string {
  const rows = [...limitBounds].map(([name, { most, withinSeconds, upTo }]) => {
    const [rule = '', kind = ''] = name.split('.');
    return [
      `\`${name}\``,
      counted[rule] ?? '',
      under[kind] ?? '',
      String(most),
      toTime(withinSeconds),
      upTo === most ? 'down only' : String(upTo),
    ];
  });
  return toTable(['Name', 'Counts', 'For', 'At once', 'All gone after', 'May be raised to'], rows);
}
