// A person's own page as a whole, in English: by agency, by detail, by time; one entry; long lists.

const lists = {
  'list-pages': 'Pages of the list',
  'list-more': 'More',
  'list-first': 'From the beginning',
  'account-search': 'Find a service or an agency by name',
  'account-filter-state': 'State',
  'group-all': 'All states',
  'group-valid': 'Valid',
  'group-law': 'By law',
  'group-ends-soon': 'Ends soon',
  'group-paused': 'Paused',
  'group-refused': 'Refused',
  'group-ended': 'Ended or withdrawn',
  'account-none-found': 'No service has this name or state. You can empty the search and choose all states.',
  'account-more-services': 'More services',
  'account-more-purposes': 'Every purpose of the service {$service}',
  'account-ending': 'Ending within 60 days',
  'account-do': 'Do something',
} as const;

const attributes = {
  'attributes-title': 'Who may see each of your details?',
  'attributes-lead': 'For each detail: the services with a standing permission, and when it last went out.',
  'attributes-none': 'There is no standing permission now. No service can receive any of your details.',
  'attributes-last': 'Last shared {#date /}',
  'attributes-others': '.input {$count :integer} .match $count one {{and {$count} more service}} * {{and {$count} more services}}',
  'attribute-title': 'Who may see: {$name}?',
  'attribute-own': 'from what you entered',
  'attribute-none': 'There is no standing permission for this detail. No service can receive it.',
  'attribute-activity': 'Everything that happened to this detail',
} as const;

const activity = {
  'activity-open': 'Details',
  'activity-filter-attribute': 'Detail',
  'activity-all-attributes': 'All details',
  'activity-filter-period': 'Period',
  'activity-all-periods': 'All time',
  'activity-period-month': 'Last 30 days',
  'activity-period-quarter': 'Last 3 months',
  'activity-period-year': 'Last year',
  'activity-period-older': 'More than a year ago',
  'activity-looked-back': 'We looked through the newest entries, back to {#date /}. There may be older ones.',
  'activity-look-further': 'Look further back',
} as const;

const entry = {
  'entry-when': 'When',
  'entry-who': 'Who',
  'entry-why': 'Why',
  'entry-ground': 'On what ground',
  'entry-ground-consent': 'With your consent. You can withdraw it on the page of the service at any time.',
  'entry-actor': 'Who did it',
  'entry-actor-person': 'You',
  'entry-actor-service': 'The service itself, by your standing permission or by law',
  'entry-actor-officer': 'An officer, named in the register of staff',
  'entry-actor-operator': 'An operator of Huwiya',
  'entry-actor-system': 'Huwiya, by itself',
  'entry-acted-guardian': 'Your guardian, for you',
  'entry-acted-representative': 'Somebody you gave a mandate, for you',
  'entry-acted-office_clerk': 'A clerk of a service office, with you present',
  'entry-acted-authority': 'An authority, by a decision',
  'entry-index': 'Number in the log',
  'entry-index-waits': 'Gets its number within seconds',
  'entry-details-shared': 'The details, and why each was asked',
  'entry-details-asked': 'What was asked and not sent',
  'withheld-declined': 'You chose not to share it.',
  'withheld-not-decided': 'You have not been asked about it yet.',
  'withheld-superseded': 'What is asked of it has changed since you agreed.',
  'withheld-not-on-record': 'It is not on record with us.',
  'withheld-beyond-purpose': 'It is outside the registered purpose.',
  'attribute-unlisted': 'Something that we do not know',
} as const;

const history = {
  'history-given': 'You gave consent',
  'history-renewed': 'You renewed your consent',
  'history-narrowed': 'You narrowed what you share',
  'history-notified': 'You were shown the notice',
  'history-refused': 'You refused the request',
  'history-withdrawn': 'You withdrew your consent',
  'history-deferred': 'You put the decision off',
  'history-paused': 'You paused your consent',
  'history-resumed': 'You resumed your consent',
  'history-revoked': 'An authority ended this sharing',
  'history-invalidated': 'An authority declared this sharing void',
  'acted-self': 'Yourself',
  'acted-authority': 'An authority, not you',
  'open-service': 'Open {$service}',
  'service-lately': 'What happened lately with this service',
  'service-all-activity': 'Everything that happened with it',
  'receipts-of': '.input {$number :integer} .match $number 1 {{First decision}} * {{Decision number {$number}}}',
} as const;

const controls = {
  pause: 'Pause',
  'pause-text': 'The service receives nothing until you resume. Your consent is kept until the day it ends.',
  resume: 'Resume',
  'resume-text': 'Sharing goes on as it was, until the day the consent ends.',
  narrow: 'Save what is shared',
  'service-superseded':
    'Since you agreed, what the service asks for or your own status has changed. Your consent does not cover that, so nothing is shared now. You are asked when you next go to the service.',
  'narrow-title': 'What you share by choice',
  'narrow-text': 'A detail without its tick is no longer shared. The needed details stay for as long as the consent.',
  'paused-title': 'Paused: {$purpose}',
  'paused-stopped': 'Sharing stopped on {#date /}.',
  'paused-next-1': 'The service receives none of your details until you resume.',
  'paused-next-2': 'Your open sign-in with the service ends, and it cannot fetch your details while you are away.',
  'paused-next-3': 'You can resume or withdraw on the page of the service at any time.',
  'resumed-title': 'Resumed: {$purpose}',
  'resumed-stopped': 'Sharing goes on from {#date /}. It ends on {#end /}.',
  'resumed-next-1': 'The service receives what you agreed to when you next sign in to it.',
  'resumed-next-2': 'Nothing that you agreed to has changed, nor has the day it ends.',
  'resumed-next-3': 'You can pause or withdraw on the page of the service at any time.',
  'narrowed-title': 'Narrowed: {$purpose}',
  'narrowed-stopped': 'Your choice was saved on {#date /}. The consent ends on {#end /}.',
  'narrowed-next-1': 'The service does not receive what you took out from this moment on.',
  'narrowed-next-2':
    'The agency must delete what it already received of it, or name the law by which it keeps it. Its answer appears here and on the page of the service.',
  'narrowed-next-3': 'To share it again, choose it when you next sign in to the service and it asks.',
  'changed-service': 'Page of the service {$service}',
} as const;

const take = {
  'take-title': 'Download everything Huwiya holds about you',
  'take-lead': 'One signed file that programs can read, about you and nobody else.',
  'take-holds': 'What is in the file',
  'take-holds-data': 'Your details as they are held, each with its source.',
  'take-holds-consents': 'Each consent and notice, in all its versions.',
  'take-holds-receipts':
    'Each receipt with its signature and proof, and the text you were shown. Each receipt can be checked without a connection.',
  'take-holds-activity': 'Everything that happened to your data: who received what, when and why.',
  'take-holds-access': 'Your open sessions, the services you entered, how agencies know you, and what is public of your passkeys.',
  'take-holds-duties': 'What agencies still have to answer you, and each answer given.',
  'take-holds-reports': 'Your reports and the answers to them.',
  'take-button': 'Download the file',
  'take-note': 'The file holds your details in full. Keep it where nobody else can reach it.',
} as const;

const close = {
  'person-closed': 'account closed',
  'close-title': 'Close your account with Huwiya',
  'close-lead': 'One press, after you confirm with your passkey. There is no way back.',
  'close-goes': 'What is erased',
  'close-goes-data': 'All your details with Huwiya, and the only key that opens them.',
  'close-goes-access': 'Your passkeys and sessions, and every standing permission of a service.',
  'close-goes-consents': 'All your consents are withdrawn. Each agency has to answer once it knows: erased, or kept by law.',
  'close-goes-entries':
    'What ties entries of the log to you, what ties your decisions together, and our copies of receipts. After that nobody can tell that they are about you.',
  'close-stays': 'What stays, and on what ground',
  'close-stays-log': 'The entries of the log without anything that points to you, so that everybody can still verify the log.',
  'close-stays-records':
    'The record of your decisions without name or number, to prove that what was shared was permitted. The law requires that.',
  'close-stays-subject':
    'The random identifier by which each agency knows you, so that your file there is not lost if you return. Beside a request to an agency it stays until the agency has answered.',
  'close-stays-agencies': 'What the agencies already received, for no longer than they may keep it.',
  'close-stays-backups': 'Encrypted backups, until the time they are kept for runs out.',
  'close-later': 'Afterwards',
  'close-later-text': 'You can join again at a registration office at any time. That is a new account, with no past.',
  'close-final': 'After closing we cannot bring anything back. It is better to download your copy first.',
  'close-button': 'Close the account and erase my data',
  'closed-title': 'Your account is closed and your data is erased',
  'closed-lead':
    'What is left of your history no longer leads to you. Where an agency still has to answer, we keep the identifier by which it knows you until it has.',
  'closed-agencies': 'Agencies with standing consents are told. One without an address for such messages learns at its next request.',
  'closed-receipts': 'The receipts that you kept are still valid and can be checked.',
} as const;

const use = {
  erase: 'Ask the agency to erase my data',
  'erase-text': 'The agency is told, and has to answer by a stated day: erased, or kept by law. Your consent stays as it is.',
  'service-control-law': 'What you can ask for',
  'erase-text-law': 'The agency is told, and has to answer by a stated day: erased, or kept by law. Sharing by law goes on.',
  'service-unused': 'Nothing was read under this permission yet.',
  'service-uses': `.input {$count :integer}
.match $count
one {{Read once, on {#date /}}}
* {{Read {$count} times, last on {#date /}}}`,
} as const;

const errors = {
  'error-place-unknown-title': 'No page of your list begins here',
  'error-place-unknown-meaning':
    'The address is incomplete, or belongs to another list or another person. Nothing was shown and nothing was shared.',
  'error-place-unknown-next': 'Open the list from its beginning, and go on with its buttons.',
  'error-own-entry-unknown-title': 'Your activity has no such entry',
  'error-own-entry-unknown-meaning': 'The address is incomplete, or the entry is not about you. Nothing was shown and nothing was shared.',
  'error-own-entry-unknown-next': 'Open your activity and choose the entry there.',
} as const;

export const enOwnPage = {
  ...lists,
  ...attributes,
  ...activity,
  ...entry,
  ...history,
  ...controls,
  ...take,
  ...close,
  ...use,
  ...errors,
} as const;
