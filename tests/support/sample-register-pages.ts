// The public register with one service whose purpose stands on law for citizens and on consent for visitors.

import { signInFacts } from '../../src/domain/attributes/sign-in-facts.ts';
import { renderRegisterPage } from '../../views/register.ts';
import { renderRegisterServicePage } from '../../views/register-service.ts';
import type { RegisterPage, RegisterServicePage } from '../../views/register-model.ts';
import type { SamplePage, World } from './sample-world.ts';
import { createVerification, day, now } from './sample-words.ts';

const interfaceWords = {
  ar: { interfaceName: 'واجهة التصاريح', acts: ['الاطلاع على تصاريحك', 'تجديد تصاريحك'], sync: 'مطابقة التصاريح' },
  en: { interfaceName: 'Permit interface', acts: ['Look at your permits', 'Renew your permits'], sync: 'Permit reconciliation' },
} as const;

export function renderRegisterPages({ frame, words }: World): readonly SamplePage[] {
  const { t, language } = frame.texts;
  const isArabic = language === 'ar';
  const row = { status: 'active', url: '/services/mol-work-permit', purposes: [words.renewal] } as const;
  const { interfaceName, acts, sync } = isArabic ? interfaceWords.ar : interfaceWords.en;
  const list: RegisterPage = {
    query: '',
    total: 3,
    feedUrl: '/services.json',
    figuresUrl: '/transparency',
    programs: [
      {
        status: 'active',
        kind: 'interface',
        url: '/services/mol-api',
        serviceName: interfaceName,
        agencyName: words.labour.agencyName,
        about: acts,
      },
      {
        status: 'active',
        kind: 'program',
        url: '/services/mol-sync',
        serviceName: sync,
        agencyName: words.housing.agencyName,
        about: [interfaceName],
      },
    ],
    rows: [
      { ...row, serviceName: words.labour.serviceName, agencyName: words.labour.agencyName },
      {
        ...row,
        serviceName: words.housing.serviceName,
        agencyName: words.housing.agencyName,
        purposes: [words.support],
      },
      {
        ...row,
        serviceName: words.insurance.serviceName,
        agencyName: words.insurance.agencyName,
        purposes: [words.contributions],
        status: 'suspended',
      },
    ],
  };
  const attribute = { why: words.whyName, necessity: 'required', form: 'raw', source: words.civilStatus } as const;
  const service: RegisterServicePage = {
    listUrl: '/services',
    kind: 'service',
    opens: null,
    access: [{ url: '/services/mol-api', name: interfaceName, agencyName: words.labour.agencyName, purpose: null, acts }],
    readsLog: false,
    ...words.labour,
    contact: 'privacy@mol.example',
    doorUrl: 'https://permits.mol.example/begin?iss=https%3A%2F%2Fid.example',
    policyUrl: 'https://mol.example/privacy',
    termsUrl: null,
    status: 'active',
    level: 'substantial',
    serviceClass: 'standard',
    weaknesses: ['open-requests', 'bearer-tokens'],
    about: [
      { label: t('about-description'), text: words.renewal, url: null, isCode: false },
      { label: t('about-home'), text: 'https://permits.mol.example', url: 'https://permits.mol.example', isCode: true },
      { label: t('about-support'), text: 'help@mol.example', url: null, isCode: true },
      { label: t('about-offline'), text: isArabic ? 'في أي مكتب عمل.' : 'At any labour office.', url: null, isCode: false },
      { label: t('about-delegation'), text: t('about-nobody'), url: null, isCode: false },
      { label: t('about-number'), text: '7000000001', url: null, isCode: true },
      { label: 'permits.mol.example', text: t('host-proven'), url: null, isCode: false },
    ],
    audience: ['citizen', 'visitor'],
    purposes: [
      {
        id: 'renewal',
        text: words.renewal,
        version: 2,
        since: now - 40 * day,
        grounds: [
          { kind: 'citizen', basis: t('basis-public_task'), law: words.law },
          { kind: 'visitor', basis: t('basis-consent'), law: null },
        ],
        lasts: 'P1Y',
        terms: {
          purpose: words.renewal,
          recipient: words.labour.agencyName,
          acts: [
            {
              at: interfaceName,
              what: acts,
            },
          ],
          verification: createVerification(words),
          others: [{ name: isArabic ? 'البريد الوطني' : 'National Post', role: 'processor' }],
          retention: 'P2Y',
          storage: {
            location: isArabic ? 'مركز البيانات الحكومي' : 'Government data centre',
            country: isArabic ? 'السعودية' : 'Saudi Arabia',
            transfers: [],
          },
          use: { fetch: 'session', maxUses: 12, frequency: { times: 1, per: 'P1D' }, from: null, to: null },
          registerUrl: '/services/mol-work-permit',
          isOffline: false,
        },
        attributes: [
          { ...attribute, label: words.fullNameLabel },
          { ...attribute, label: words.age, why: words.whyAge, form: 'yes_no' },
          { ...attribute, label: words.email, why: words.whyEmail, necessity: 'optional', source: null },
        ],
      },
    ],
    always: signInFacts.map(({ labels, explanation }) => ({ label: labels[language], text: explanation[language] })),
    changes: [
      {
        at: now - 40 * day,
        what: 'purpose',
        purpose: words.renewal,
        version: 2,
        fields: ['retention', 'recipients'],
        entry: 640_218,
        isApproved: true,
        registered: [],
      },
      {
        at: now - 300 * day,
        what: 'service',
        purpose: null,
        version: 3,
        fields: ['jwks', 'redirect_uris'],
        entry: 1204,
        isApproved: null,
        registered: [
          { label: t('field-name'), text: words.labour.serviceName, url: null, isCode: false },
          { label: t('field-class'), text: t('class-standard'), url: null, isCode: false },
          { label: t('about-home'), text: 'https://permits.mol.example', url: 'https://permits.mol.example', isCode: true },
          { label: t('about-hosts'), text: 'permits.mol.example', url: null, isCode: true },
        ],
      },
    ],
  };
  const caller = { url: '/services/mol-work-permit', name: words.labour.serviceName, agencyName: words.labour.agencyName };
  const opens: RegisterServicePage = {
    ...service,
    kind: 'interface',
    serviceName: interfaceName,
    domain: '',
    doorUrl: null,
    policyUrl: null,
    audience: [],
    purposes: [],
    access: [],
    opens: {
      address: 'https://api.mol.example/',
      acts: acts.map((text, place) => ({ name: place === 0 ? 'permits:read' : 'permits:renew', text })),
      callers: [
        { ...caller, purpose: words.renewal, acts },
        { ...caller, purpose: null, acts: acts.slice(0, 1) },
      ],
    },
    about: service.about.filter(({ label }) => label === t('about-support') || label === t('about-number')),
    changes: service.changes.slice(1),
  };
  return [
    { name: 'register-interface', document: renderRegisterServicePage(frame, opens) },
    { name: 'register', document: renderRegisterPage(frame, list) },
    { name: 'register-none', document: renderRegisterPage(frame, { ...list, query: words.picture, rows: [] }) },
    { name: 'register-service', document: renderRegisterServicePage(frame, service) },
  ];
}
