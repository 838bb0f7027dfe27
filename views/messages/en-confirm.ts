// Confirming a decision with a passkey, in English: the page, and what can go wrong on it.

export const enConfirm = {
  'confirm-title': 'Confirm with your passkey what you share with {#whole}{$agency}{/whole}',
  'confirm-lead': 'You chose to accept. Nothing is shared until you confirm it here.',
  'confirm-why': 'Why you are asked to confirm',
  'confirm-why-sensitive': 'Some of these details are sensitive.',
  'confirm-why-long': 'This consent lasts longer than a year.',
  'confirm-why-offline': 'The service may ask for these details while you are away.',
  'confirm-shared': 'What you will share',
  'confirm-shared-nothing': 'No details. The service only knows that it is you again.',
  'confirm-left-out': 'What you will not share',
  'confirm-signs': 'Your passkey signs this record. The receipt holds the signature, so anybody you show it to can check it.',
  'confirm-passkey': 'Confirm with your passkey',
  'confirm-change': 'Go back and choose again',
  'ceremony-cancelled-confirm': 'You have not confirmed yet, and nothing is shared',
  'error-consent-unconfirmed-title': 'This decision was not confirmed',
  'error-consent-unconfirmed-meaning': 'Something about the request changed before you confirmed it. None of your details were shared.',
  'error-consent-unconfirmed-next': 'Go back to your choices and decide again.',
  'error-passkey-not-own-title': 'This is not your passkey',
  'error-passkey-not-own-meaning': 'Only the person who is signed in can confirm. None of your details were shared.',
  'error-passkey-not-own-next': 'Try again with a passkey of your own.',
} as const;
