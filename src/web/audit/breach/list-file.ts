// The list as a sheet that any spreadsheet opens in Arabic: what is needed to tell somebody, and no number of theirs.

import { stringify } from 'csv-stringify/sync';
import type { BreachLine } from '../../../domain/audit/breach/take-list.ts';
import type { PersonalData } from '../../../domain/people/person.ts';
import { toFullName } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { toSafeCell } from '../exports/list-lines.ts';

const head = ['pseudonym', 'name_ar', 'name_en', 'language', 'email', 'phone_number', 'attributes'];

const byteOrderMark = '\uFEFF';

const options = { quoted: true, record_delimiter: 'windows' } as const;

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `+966…` as `00966…`: a sheet takes a plus for the beginning of a formula, and who dials takes either (ITU-T E.123). */
const toDialled = (phone: string): string => phone.replace(/^\+/, '00');

function toContact(data: PersonalData): readonly string[] {
  return [toText(data['email']), toDialled(toText(data['phone_number']))];
}

async function toCells(needs: PageNeeds, { pseudonym, personRef, attributes }: BreachLine): Promise<readonly string[] | undefined> {
  const person = await needs.people.findPerson(personRef);
  if (person === undefined || person.status === 'closed') {
    return undefined;
  }
  const data = needs.openData(person);
  const names = [toFullName(data, 'ar'), toFullName(data, 'en')];
  return [pseudonym, ...names, person.language ?? 'ar', ...toContact(data), attributes.join(' ')].map(toSafeCell);
}

/** Whose account was closed meanwhile has no line. */
export async function* renderBreachFile(needs: PageNeeds, pages: AsyncIterable<readonly BreachLine[]>): AsyncGenerator<string> {
  yield `${byteOrderMark}${stringify([head], options)}`;
  for await (const lines of pages) {
    const cells = await Promise.all(lines.map(async (line) => toCells(needs, line)));
    yield stringify(
      cells.filter((row) => row !== undefined),
      options,
    );
  }
}
