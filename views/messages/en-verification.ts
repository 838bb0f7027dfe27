// That a service is told how a person's identity was checked, in English.

export const enVerification = {
  'term-verification': 'How your identity was checked',
  'term-verification-text': 'The service learns that too.',
  'term-verification-more': 'What exactly',
  'term-verification-with': 'Beside what you share of these: {$attributes}. It learns:',
  'verification-trust_framework': 'the rules of the check',
  'verification-assurance_level': 'how thorough it was',
  'verification-time': 'when it was',
  'verification-types': 'the kind of document, and how it was examined',
  'verification-details': 'the document: its kind, issuer, last day and the last digits of its number; who examined it, when and how',
  'verification-never': 'It never gets a copy of the document or its whole number.',
  'change-verification': 'Learns how your identity was checked',
  'field-verification': 'What it learns of the check of identity',
  'receipt-verification': 'Learns of the check of your identity',
  'receipt-verification-ended': 'Learned of the check of your identity until then',
} as const;
