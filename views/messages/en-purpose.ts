// What a purpose says of itself, in English.

export const enPurpose = {
  'field-basis-by-kind': 'Basis by kind of person',
  'field-code': 'Code of the purpose',
  'field-recipients': 'Who receives it besides the agency',
  'field-storage': 'Where it is kept',
  'field-terms': 'How it is used',
  'field-dpia': 'Impact assessment',
  'recipient-processor': 'Works on it for the agency',
  'recipient-joint_controller': 'Decides together with the agency',
  'recipient-third_party': 'Another party',
  'storage-jurisdiction': 'Under the law of {$country}',
  'storage-transfer': 'Sent to {$country}',
  'terms-mode-view': 'The agency looks and keeps nothing',
  'terms-mode-store': 'The agency keeps what it receives',
  'terms-fetch-once': 'Once only',
  'terms-fetch-session': 'Only while you are there',
  'terms-fetch-periodic': 'While the consent lasts, also while you are away where the service is registered for it',
  'terms-max-uses': '.input {$count :integer} .match $count one {{Once at most}} * {{{$count} times at most}}',
  'terms-frequency':
    '.input {$count :integer} .match $count one {{Once in {$duration} at most}} * {{{$count} times in {$duration} at most}}',
  'terms-data-from': 'Records from {$date}',
  'terms-data-to': 'Records up to {$date}',
  'form-raw': 'as it is',
  'form-derived': 'computed',
  'form-masked': 'a part of it',
  'form-yes_no': 'the answer only',
} as const;
