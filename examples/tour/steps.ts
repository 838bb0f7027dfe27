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
  | 'visitor'
  | 'auditor'
  | 'verify';
export type PlaceName = 'permit' | 'clinic' | 'account' | 'contract' | 'home-visit' | 'audit' | 'check';

export type Step = {
  readonly name: StepName;
  readonly invited: readonly Invited[];
  readonly places: readonly { readonly name: PlaceName; readonly url: string }[];
  readonly commands: readonly string[];
};

function findKind(invited: readonly Invited[], kind: string): readonly Invited[] {
  return invited.filter((one) => one.kind === kind).slice(0, 1);
}

export function listSteps({ issuer, permit, clinic, settingsFile, people, officers }: Tour): readonly Step[] {
  const urls: Readonly<Record<PlaceName, string>> = {
    permit: `${permit}/`,
    clinic: `${clinic}/`,
    account: `${issuer}/account`,
    contract: `${permit}/sign-in?purpose=contract-view`,
    'home-visit': `${clinic}/sign-in?purpose=home-visit`,
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
    { ...at('auditor', 'audit'), invited: findKind(officers, 'auditor') },
    { ...at('visitor', 'permit', 'clinic'), invited: findKind(people, 'visitor') },
    { ...at('verify'), commands: commands.map((command) => `npx huwiya ${command}`) },
  ];
}
