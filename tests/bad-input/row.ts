// What a row of the table of bad input says. Rows are data: the tests run them, `npm run docs` prints them.

import type { ErrorCode } from '../../src/domain/kernel/errors.ts';
import type { Language } from '../../views/messages/messages.ts';

/**
 * Where somebody stands before the request:
 * `nobody` with an empty browser; `sign-in` and `decision` on these pages of a request of the work permits; `account` signed in, on the own page, with
 * one consent; `english` the same, with English saved as the language; `link` with a good enrolment link; `service` holding tokens, `code` holding a code
 * that nobody has used yet; `registrar` and `auditor` at their desks; `case` in a case that an auditor opened, with a file that they asked for; `staff-link` with an officer's enrolment link; `program` with the token of an
 * audit program; `agency` with the token that a service got for itself; `notice` with the link that says "it was not me"; `freeze-code`, `unfreeze` and
 * `recovery` on the pages of these names, without any name.
 */
export type StageName =
  | 'nobody'
  | 'sign-in'
  | 'decision'
  | 'account'
  | 'english'
  | 'link'
  | 'service'
  | 'code'
  | 'registrar'
  | 'auditor'
  | 'case'
  | 'staff-link'
  | 'program'
  | 'agency'
  | 'notice'
  | 'freeze-code'
  | 'unfreeze'
  | 'recovery';

export type Header = readonly [name: string, value: string | null];

/** `{name}` stands for a value of the stage, such as `{uid}` or `{token}`. */
export type Sent = {
  readonly method?: string;
  readonly path: string;
  /** Takes the place of the header that a well-behaved browser sends; `null` leaves it out; the same name twice is sent twice. */
  readonly headers?: readonly Header[];
  readonly body?: string;
};

export type PersonAnswer = { readonly reader: 'person'; readonly status: number; readonly code: ErrorCode; readonly language?: Language };

/**
 * Who reads the answer. `person`: our page, or the JSON whose words the ceremony script shows, with the title of the code in the person's language.
 * `form`: the form again, with what is wrong named in it.
 * `program`: the OAuth error in JSON or in WWW-Authenticate. `service`: the error on its registered redirect address. `nobody`: a bare status, because
 * the request could not be read at all, or because what was sent counts for nothing (`code` is then `-`).
 */
export type Answer =
  | PersonAnswer
  | { readonly reader: 'form'; readonly status: number; readonly code: ErrorCode }
  | { readonly reader: 'program' | 'service'; readonly status: number; readonly code: string }
  | { readonly reader: 'nobody'; readonly status: number; readonly language?: Language };

export type WebRow = {
  readonly id: string;
  readonly where: string;
  readonly what: string;
  readonly stage: StageName;
  readonly sent: Sent;
  readonly answer: Answer;
};

/** What is handed to a command. */
export type CommandRow = {
  readonly id: string;
  readonly where: string;
  readonly what: string;
  /** `{file}` is the file of this row, `{dir}` the folder of the installation. */
  readonly args: readonly string[];
  readonly file?: string | Uint8Array;
  /** Lines added to a copy of the settings, with which the command is run. */
  readonly settings?: string;
  readonly exit: 1 | 2;
  /** Stands in what the command prints. */
  readonly says: string;
};

export type CommandAsked = Omit<CommandRow, 'id' | 'where' | 'exit'> & { readonly exit?: 1 | 2 };

export const person = (status: number, code: ErrorCode, language?: Language): PersonAnswer =>
  language === undefined ? { reader: 'person', status, code } : { reader: 'person', status, code, language };
export const program = (status: number, code: string): Answer => ({ reader: 'program', status, code });
export const service = (code: string): Answer => ({ reader: 'service', status: 303, code });
export const nobody = (status: number): Answer => ({ reader: 'nobody', status });
export const ignored = (status: number, language: Language): Answer => ({ reader: 'nobody', status, language });

/** What is asked at a stage, as the files of rows say it. Without a method, a body makes it a post. */
export type Asked = Pick<WebRow, 'stage' | 'what' | 'answer'> & Sent;

/** `prefix`: the letters of the file, before the number of the row. */
export const toWebRows = (prefix: string, asked: readonly Asked[]): readonly WebRow[] =>
  asked.map(({ stage, method, path, what, body, headers = [], answer }, index) => {
    const verb = method ?? (body === undefined ? 'GET' : 'POST');
    const sent = { method: verb, path, headers };
    return {
      id: `${prefix}-${String(index + 1).padStart(2, '0')}`,
      where: `${verb} ${(path.split('?')[0] ?? '').replace(/x{20,}/, '…')}`,
      what,
      stage,
      sent: body === undefined ? sent : { ...sent, body },
      answer,
    };
  });
