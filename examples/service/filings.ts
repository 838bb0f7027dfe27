// What people have done here, under the subject that the provider gave: the same person has the same one at every sign-in. In memory only.

import { randomInt } from 'node:crypto';

export type Answers = Readonly<Record<string, string>>;

export type Filing = { readonly reference: string; readonly answers: Answers };

export type Filings = {
  readonly list: (subject: string) => readonly Filing[];
  readonly add: (subject: string, answers: Answers) => void;
  readonly forget: (subject: string) => void;
};

const peopleLimit = 1000;
const perPersonLimit = 20;

export function createFilings(prefix: string): Filings {
  const filings = new Map<string, readonly Filing[]>();
  const list = (subject: string): readonly Filing[] => filings.get(subject) ?? [];
  return {
    list,
    forget: (subject) => {
      filings.delete(subject);
    },
    add: (subject, answers) => {
      const [oldest] = filings.keys();
      if (filings.size >= peopleLimit && oldest !== undefined) {
        filings.delete(oldest);
      }
      const filing = { reference: `${prefix}-${randomInt(100_000, 1_000_000)}`, answers };
      filings.set(subject, [filing, ...list(subject)].slice(0, perPersonLimit));
    },
  };
}
