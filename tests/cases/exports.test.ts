// Case AL-17: what an auditor takes home in a sheet is text, whatever stood in the log.

import { describe, expect, it } from 'vitest';
import { createLineForms } from '../../src/web/audit/entry-lines.ts';
import { createListForms } from '../../src/web/audit/exports/list-lines.ts';
import type { ListRow } from '../../src/domain/audit/exports/create-list.ts';
import { sealEvent, toLeafHash } from '../../src/domain/ledger/event.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { createSeededRandom, createSteppingClock, sampleEvent, sampleStart } from '../support/ledger-samples.ts';

const listForms = createListForms(createTexts('en'));

const toFile = (form: 'csv' | 'jsonl', rows: readonly ListRow[]): string => `${listForms[form].head}${listForms[form].toLines(rows)}`;

const needs = { clock: createSteppingClock(sampleStart, 1), random: createSeededRandom('sheet') };

function toRow(text: string): ListRow {
  const sealed = sealEvent(needs, { ...sampleEvent, service: text, purpose: text, reason: text, record: text, attributes: [text] });
  return { entry: { ...sealed, index: 7, leafHash: Buffer.from(toLeafHash(sealed)).toString('base64url') }, person: 'P-7H2K9M4QX3TZ' };
}

/** RFC 4180: rows of quoted cells, as a spreadsheet takes them apart. */
function readSheet(sheet: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of sheet.replace(/^\uFEFF/, '').matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1)?.push(cell.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push([]);
    }
  }
  return rows.slice(0, -1);
}

const dangerous = {
  'a formula': '=cmd',
  'a plus': '+1+1',
  'a minus': '-2+3',
  'an at sign': '@SUM(A1)',
  'a TAB before a formula': '\t=1+1',
  'a CR before a formula': '\r=1+1',
  'spaces before a formula': '  =1+1',
  'a line break before a formula': '\n=1+1',
  DDE: `=cmd|' /C calc'!A0`,
  'DDE without a sign': `|cmd' /C calc'!A0`,
  'a formula in full width': '\uFF1D1+1',
  'a formula behind a zero-width space': '\u200B=1+1',
  'a formula behind a byte order mark': '\uFEFF=1+1',
  quotes: '"=1+1","',
  'a line break': 'one\r\n=two',
  'a line separator': 'one\u2028=two',
  'an override of direction': '\u202Egpj.exe',
  'isolates of direction': '\u2067=1\u2069',
  'a NUL': '\u0000=1',
} as const;

describe('AL-17 a sheet', () => {
  it.each(Object.entries(dangerous))('AL-17 shows %s as text, in its own cell', (_, text) => {
    const [head = [], row = [], ...more] = readSheet(toFile('csv', [toRow(text)]));
    expect(more).toEqual([]);
    expect(row).toHaveLength(head.length);
    for (const cell of row) {
      expect(cell).not.toMatch(/^[\s\p{C}]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/u);
      expect(cell).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  it('AL-17 keeps what is harmless as it is, Arabic too, and begins as spreadsheets expect', () => {
    const sheet = toFile('csv', [toRow('تصريح العمل 12')]);
    expect(sheet.startsWith('\uFEFF')).toBe(true);
    const [head = [], row = []] = readSheet(sheet);
    expect(row[head.indexOf('service')]).toBe('تصريح العمل 12');
    expect(row[head.indexOf('person')]).toBe('P-7H2K9M4QX3TZ');
    expect(row[head.indexOf('index')]).toBe('7');
  });

  it('AL-17 is named in Arabic at the head of each column for who works in Arabic, row for row the same sheet', () => {
    const { head, toLines } = createListForms(createTexts('ar')).csv;
    const row = toRow('تصريح العمل 12');
    const [heads = []] = readSheet(head);
    expect(head.startsWith('\uFEFF"القيد","الوقت","الحدث","الخدمة"')).toBe(true);
    expect([new Set(heads).size, heads.every((each) => /^\p{Script=Arabic}[\p{Script=Arabic} ]*$/u.test(each))]).toEqual([11, true]);
    expect(toLines([row])).toBe(listForms.csv.toLines([row]));
  });

  it('AL-17 is, byte for byte, what spreadsheets import without a question: UTF-8 by its mark, commas, double quotes, CR LF', () => {
    const bytes = Buffer.from(toFile('csv', [toRow('say "yes", no;\tor')]));
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const lines = bytes.subarray(3).toString('utf8').split('\r\n');
    expect([lines.length, lines.at(-1)]).toEqual([3, '']);
    expect(lines.slice(0, 2).every((line) => /^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*$/.test(line))).toBe(true);
    expect(lines[1]).toContain('"say ""yes"", no;[U+0009]or"');
    expect(bytes.subarray(3).toString('utf8').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('AL-17 holds for the sheet of the entries page as well', () => {
    const { head, toLines } = createLineForms(createTexts('ar')).csv;
    const { attributes, ...entry } = toRow('=1+1').entry;
    expect(head).toBe('\uFEFFالقيد,الحدث,الوقت,الخدمة,الغرض,البيانات\n');
    expect(toLines([{ ...entry, attributes: [...attributes, '\u202Egpj'] }])).toMatch(/,'=1\+1,'=1\+1,'=1\+1 \[U\+202E\]gpj\n$/);
  });

  it('AL-17 has one object on each line for programs, with every sign as it was', () => {
    const lines = toFile('jsonl', Object.values(dangerous).map(toRow)).split('\n').slice(0, -1);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject(Object.values(dangerous).map((service) => ({ service })));
  });
});
