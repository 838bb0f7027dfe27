// What an agency owes a person after they took something back, in English.

import type { arDuties } from './ar-duties.ts';

export const enDuties: Readonly<Record<keyof typeof arDuties, string>> = {
  'error-agency-body-title': 'The request is not as described',
  'error-agency-body-meaning': 'Each part that is wrong is named below. Nothing changed and nothing was handed out.',
  'error-agency-body-next': 'Correct it by the description of the interface and send it again.',
  'part-refused': 'The value is missing, has another form or is not known. The description of the interface says what is expected.',
  'error-duty-unknown-title': 'This service has no request with this number',
  'error-duty-unknown-meaning': 'Each service answers for what was asked of it alone. Nothing changed.',
  'error-duty-unknown-next': 'Read the open requests at /agency/api/v1/duties.',

  'error-duty-answered-title': 'Another answer to this request stands',
  'error-duty-answered-meaning': 'The first answer stands, and the person has seen it. Nothing changed.',
  'error-duty-answered-next': 'If the first answer was wrong, write to the operator.',

  'error-duty-open-title': 'The agency has not answered your last request yet',
  'error-duty-open-meaning': 'It was asked to delete your details, and its time is not over. Nothing changed.',
  'error-duty-open-next': 'Its answer will stand on the page of the service, with the last day for it.',

  'audit-place-duties': 'Late answers',
  'overdue-title': 'Answers that are overdue',
  'overdue-lead': 'Something was taken back from these services, and they did not answer by the last day. Nobody is shown here.',
  'overdue-none': 'No answer is overdue.',
  'overdue-service': 'Service and agency',
  'overdue-purpose': 'Purpose',
  'overdue-kind': 'Reason',
  'overdue-due': 'Last day',
  'overdue-days': 'Days over',
  'overdue-message': 'Message',
  'overdue-told': 'arrived',
  'overdue-untold': 'did not arrive',
  'overdue-kind-withdrawn': 'consent withdrawn',
  'overdue-kind-narrowed': 'consent narrowed',
  'overdue-kind-revoked': 'revocation',
  'overdue-kind-invalidated': 'invalidation',
  'overdue-kind-erasure-requested': 'request for erasure',
  'overdue-first': 'From the beginning',
  'overdue-more': 'More',
  'overdue-command': 'The whole list as a file:',

  'duty-title': 'The agency’s answer',
  'duty-asked-withdrawn': 'You withdrew your consent. The agency must delete what it received, or name the law that makes it keep it.',
  'duty-asked-narrowed': 'You stopped sharing some details. The agency must delete them, or name the law that makes it keep them.',
  'duty-asked-revoked': 'An authority ended this sharing. The agency must delete what it received, or name the law that makes it keep it.',
  'duty-asked-invalidated':
    'This sharing was declared invalid. The agency must delete what it received, or name the law that makes it keep it.',
  'duty-asked-erasure-requested':
    'You asked for your details to be deleted. The agency must delete them, or name the law that makes it keep them.',
  'duty-told': 'The agency was told on {#date /}.',
  'duty-telling': 'We are telling the agency now.',
  'duty-untold': 'The agency has no address for such messages. It learns of it at its next request.',
  'duty-due': 'Last day for the answer: {#date /}.',
  'duty-days': `.input {$count :integer}
.match $count
0   {{The last day is today.}}
one {{1 day left.}}
*   {{{$count} days left.}}`,
  'duty-state-open': 'waiting for the answer',
  'duty-state-acknowledged': 'the agency has your request',
  'duty-state-erased': 'the agency deleted your details',
  'duty-state-kept': 'the agency keeps them by law',
  'duty-state-overdue': 'the day passed without an answer',
  'duty-overdue-text': 'Auditors see this too.',
  'duty-answered': 'It answered on {#date /}.',
  'duty-article': 'The law, as the agency named it:',
};
