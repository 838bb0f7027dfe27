// The first page of an auditor's desk says what nobody should have to look for: a witness that holds another history, or a log that nobody outside sees.

import { expect, test } from 'vitest';
import { renderWitnessAlarm } from '../../../views/audit-witnesses.ts';
import { renderSamplePages } from '../../support/sample-pages.ts';
import { createFrame } from '../../support/sample-audit-pages.ts';
import { createWorld } from '../../support/sample-world.ts';

const now = Date.UTC(2026, 0, 1);
const seen = { witnessed: { size: 9, at: now }, entries: 0, since: null, isAlarming: false };
const signed = { name: 'court', state: 'cosigned', size: 9 } as const;
const waiting = { ...seen, entries: 1, since: now };

test.each(['ar', 'en'] as const)('an alarm stands on the desk in %s, leads to the log, and is not there where all is well', (language) => {
  const frame = createFrame(createWorld(language));
  const judge = (shown: Parameters<typeof renderWitnessAlarm>[1]): string | undefined => {
    const alarm = renderWitnessAlarm(frame, shown, '/audit/log');
    return /data-alarm="([a-z]+)"[\s\S]*href="\/audit\/log"/.exec(alarm === false ? '' : String(alarm))?.[1];
  };
  expect([
    judge(null),
    judge({ ...seen, witnesses: [signed] }),
    judge({ ...waiting, witnesses: [signed] }),
    judge({ ...waiting, isAlarming: true, witnesses: [{ ...signed, state: 'unreachable', size: null }] }),
    judge({ ...seen, witnesses: [signed, { ...signed, state: 'contradicted' }] }),
    judge({ ...seen, witnesses: [{ ...signed, state: 'ahead', size: 12 }] }),
  ]).toEqual([undefined, undefined, undefined, 'late', 'contradicted', 'contradicted']);
  const desk = renderSamplePages(language).find(({ name }) => name === 'audit')?.document;
  expect(desk).toContain('data-alarm="contradicted"');
});

test.each(['ar', 'en'] as const)(
  'the last verification of the whole log stands on the desk in %s, and is an alarm where it found faults',
  (language) => {
    const pages = renderSamplePages(language);
    const read = (name: string): readonly unknown[] => {
      const page = pages.find((each) => each.name === name)?.document ?? '';
      return [/data-verified="([a-z]+)"/.exec(page)?.[1], page.includes('data-alarm="broken"')];
    };
    expect([read('audit'), read('audit-calm')]).toEqual([
      ['broken', true],
      ['whole', false],
    ]);
  },
);
