// The steps of the tour: what each one opens.

import type { Invited, Tour } from './read-tour.ts';

export type StepName =
  | 'enrol'
  | 'permit'
  | 'clinic'
  | 'account'
  | 'withdraw'
  | 'again'
  | 'notice'
  | 'confirm'
  | 'counter'
  | 'not-me'
  | 'recovery'
  | 'visitor'
  | 'auditor'
  | 'verify';
export type PlaceName =
  | 'permit'
  | 'clinic'
  | 'account'
  | 'contract'
  | 'home-visit'
  | 'certificate'
  | 'notices'
  | 'office'
  | 'cases'
  | 'recoveries'
  | 'recovery-code'
  | 'audit'
  | 'check';

export type Step = {
  readonly name: StepName;
  readonly invited: readonly Invited[];
  readonly places: readonly { readonly name: PlaceName; readonly url: string }[];
  readonly commands: readonly string[];
};

/** The first of this kind, or the one after so many. */
function findKind(invited: readonly Invited[], kind: string, after = 0): readonly Invited[] {
  return invited.filter((one) => one.kind === kind).slice(after, after + 1);
}

export function listSteps({ issuer, permit, clinic, settingsFile, people, officers }: Tour): readonly Step[] {
  const urls: Readonly<Record<PlaceName, string>> = {
    permit: `${permit}/`,
    clinic: `${clinic}/`,
    account: `${issuer}/account`,
    contract: `${permit}/sign-in?purpose=contract-view`,
    'home-visit': `${clinic}/sign-in?purpose=home-visit`,
    certificate: `${clinic}/sign-in?purpose=vaccination-certificate`,
    notices: `${issuer}/account/notices`,
    office: `${issuer}/office`,
    cases: `${issuer}/office/cases`,
    recoveries: `${issuer}/office/recoveries`,
    'recovery-code': `${issuer}/recover/code`,
    audit: `${issuer}/audit`,
    check: `${issuer}/verify`,
  };
  const at = (name: StepName, ...places: readonly PlaceName[]): Step => ({
    name,
    invited: [],
    places: places.map((place) => ({ name: place, url: urls[place] })),
    commands: [],
  });
  const commands = [`audit query --config ${settingsFile}`, `audit verify --config ${settingsFile}`, 'receipt verify FILE'];
  return [
    { ...at('enrol'), invited: findKind(people, 'citizen') },
    at('permit', 'permit'),
    at('clinic', 'clinic'),
    at('account', 'account', 'check'),
    at('withdraw', 'account', 'permit'),
    at('again', 'permit'),
    at('notice', 'contract'),
    at('confirm', 'home-visit', 'account'),
    { ...at('counter', 'office', 'certificate'), invited: findKind(officers, 'registrar') },
    at('not-me', 'notices', 'cases'),
    { ...at('recovery', 'recoveries', 'recovery-code', 'clinic'), invited: findKind(officers, 'registrar', 1) },
    { ...at('auditor', 'audit'), invited: findKind(officers, 'auditor') },
    { ...at('visitor', 'permit', 'clinic'), invited: findKind(people, 'visitor') },
    { ...at('verify'), commands: commands.map((command) => `npx huwiya ${command}`) },
  ];
}
