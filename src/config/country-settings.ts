// In whose country a provider stands: which country it is, and who there watches over the protection of personal data.

import { country, createName, publicPage } from './setting-forms.ts';
import { settingNotes } from './setting-notes.ts';

export const countrySettings = {
  HUWIYA_AUTHORITY_AR: createName().register(settingNotes, {
    group: 'identity',
    unit: 'text',
    required: false,
    default: 'الجهة المختصة بحماية البيانات الشخصية في الدولة',
    example: 'هيئة البيانات الوطنية',
    sentence: 'In Arabic, the authority to which people turn about the protection of their data; it stands in every record and receipt.',
  }),
  HUWIYA_AUTHORITY_EN: createName().register(settingNotes, {
    group: 'identity',
    unit: 'text',
    required: false,
    default: 'The country’s authority for the protection of personal data',
    example: 'The National Data Authority',
    sentence: 'The same in English.',
  }),
  HUWIYA_AUTHORITY_URL: publicPage.optional().register(settingNotes, {
    group: 'identity',
    unit: 'https URL',
    required: false,
    example: 'https://data.example.gov/complaints',
    sentence: 'Where that authority takes complaints.',
  }),
  HUWIYA_HOME_COUNTRY: country.register(settingNotes, {
    group: 'identity',
    unit: 'country, ISO 3166-1 alpha-2',
    required: false,
    default: 'SA',
    example: 'OM',
    sentence: 'The country of this provider: auditors are told what agencies keep under the law of another one, or send there.',
  }),
};
