// A complaint with its answer, and the closing of an account.

import { answerReport, openReport, reportCategories } from '../../src/domain/home/report.ts';
import type { ReportNeeds, ReportStore } from '../../src/domain/home/report.ts';
import { isStanding } from '../../src/domain/consent/consent.ts';
import { dayMs } from '../../src/domain/kernel/clock.ts';
import { createToken, createUuid } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { drawBetween, pick } from './dice.ts';
import { pass, perform, toClock, toNeeds, wait } from './life.ts';
import type { Life } from './life.ts';
import { withdraw } from './planted.ts';
import { signIn } from './visit.ts';

const notHere = (): never => {
  throw new TypeError('a life reads no reports');
};

function toReportNeeds(life: Life): ReportNeeds {
  const reports: ReportStore = {
    saveReport: async (report, event) => {
      perform(life, { kind: 'report', report, event });
      return report;
    },
    saveAnswer: async (answer) => {
      perform(life, { kind: 'report-answer', answer });
      return true;
    },
    readOwnReports: notHere,
    readOpenReports: notHere,
    findReport: notHere,
  };
  return { ...toNeeds(life), dataKey: life.country.dataKey, reports };
}

const words = { ar: 'طلبت هذه الخدمة أكثر مما تحتاج إليه.', en: 'This service asked for more than it needs.' };
const answers = { ar: 'راجعنا السجل وتواصلنا مع الجهة.', en: 'We looked at the log and wrote to the agency.' };

export async function complain(life: Life): Promise<void> {
  const [about] = [...life.records.values()];
  if (about === undefined) {
    return;
  }
  signIn(life, 'huwiya-account');
  pass(life, drawBetween(life.dice, 60_000, 400_000));
  const id = createUuid(life.dice, toClock(life).now());
  const given = { id, personId: life.person.id, clientId: about.clientId, entryId: null, category: pick(life.dice, reportCategories) };
  const opened = await openReport(toReportNeeds(life), { ...given, words: words[life.language] });
  if (opened.ok) {
    wait(life, drawBetween(life.dice, 1, 18) * dayMs, async (later) => {
      if (later.isErased) {
        return;
      }
      const officerId = pick(later.dice, later.country.auditors);
      await answerReport(toReportNeeds(later), opened.value, { officerId, words: answers[later.language] });
    });
  }
}

/** What stands by consent is withdrawn first, then everything that leads back is destroyed. */
export async function closeAccount(life: Life): Promise<void> {
  signIn(life, 'huwiya-account');
  pass(life, 90_000);
  for (const consent of [...life.records.values()].filter((each) => isStanding(each) && each.basis === 'consent')) {
    if (consent.expiresAt > life.now) {
      await withdraw(life, consent);
    }
  }
  const handle = createToken(life.dice);
  const registryDigest = `closed:${createToken(life.dice)}`;
  const event = sealEvent(toNeeds(life), { type: 'person.erased', personRef: null, actor: { kind: 'person', ref: null } });
  perform(life, { kind: 'erase', erasure: { personId: life.person.id, handle, registryDigest, event } });
  life.weights.fill(0);
  life.isGone = true;
  life.isErased = true;
  // Services answer all the same, about nobody.
  for (const [id, duty] of life.duties) {
    life.duties.set(id, { ...duty, personId: null });
  }
}
