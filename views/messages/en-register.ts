// Versions of what is registered, and programs and interfaces, in English: the public register, the approver's desk.

export const enRegister = {
  'change-version': 'would be version {$after}; version {$before} is in force now',
  'change-version-first': 'would be version {$after}',
  'version-registered': 'What this version registered',
  'register-programs': 'Programs and interfaces',
  'register-programs-lead':
    'Nobody signs in to them. An interface takes requests from services; a program works with nobody in front of it.',
  'register-kind-service': 'service',
  'register-kind-interface': 'interface',
  'register-kind-program': 'program',
  'about-program': 'Registration',
  'register-change-program-service': 'Registered, or its particulars changed',
  'register-change-program-status': 'Its status changed',
  'register-opens': 'What it opens',
  'register-resource': 'Its address for programs',
  'register-callers': 'Who may use it',
  'register-callers-none': 'Nobody now.',
  'register-access': 'What it may do with nobody in front of it',
  'register-for-person': 'in a person’s name: {$purpose}',
  'register-by-itself': 'with nobody in front of it',
  'register-reads-log': 'Read the log of Huwiya, for audits.',
  'field-resource-server': 'What it opens to programs',
  'field-resource-access': 'What it may do with nobody in front of it',
} as const;
