// Made-up people of all four kinds: names as they are in the Gulf and among those who work there, and numbers with a right check digit.

import type { Json } from '../../src/domain/kernel/canonical.ts';
import type { GivenPerson } from '../../src/domain/people/check-person.ts';
import { hasCheckDigit } from '../../src/domain/people/parse-registry-id.ts';
import type { PersonKind } from '../../src/domain/people/person.ts';
import { createDice, drawWhole, isLucky, pick, pickPlace } from './dice.ts';
import type { Dice } from './dice.ts';

type Name = readonly [ar: string, en: string];

const split = (text: string): readonly Name[] =>
  text.split(',').map((pair): Name => {
    const [ar = '', en = ''] = pair.split('/');
    return [ar, en];
  });

const men = split(
  'محمد/Mohammed,عبدالله/Abdullah,أحمد/Ahmed,خالد/Khalid,سعود/Saud,فهد/Fahad,عبدالرحمن/Abdulrahman,علي/Ali,عمر/Omar,يوسف/Yousef,ناصر/Nasser,تركي/Turki,سلطان/Sultan,إبراهيم/Ibrahim,ماجد/Majed,بندر/Bandar,حمد/Hamad,راشد/Rashid,سالم/Salem,جاسم/Jassim',
);
const women = split(
  'سارة/Sara,نورة/Noura,فاطمة/Fatimah,مريم/Maryam,عائشة/Aisha,هند/Hind,ريم/Reem,لطيفة/Latifa,منيرة/Munira,أمل/Amal,هيا/Haya,دانة/Dana,شيخة/Sheikha,العنود/Alanoud,غادة/Ghada,لولوة/Lulwa,موضي/Moudi,وفاء/Wafa,جواهر/Jawaher,بدور/Budoor',
);
const families = split(
  'القحطاني/Alqahtani,العتيبي/Alotaibi,الحربي/Alharbi,الغامدي/Alghamdi,الشمري/Alshammari,الدوسري/Aldosari,الزهراني/Alzahrani,المطيري/Almutairi,السبيعي/Alsubaie,الشهري/Alshehri,العنزي/Alanazi,الهاجري/Alhajri,الكعبي/Alkaabi,المري/Almarri,النعيمي/Alnuaimi,البلوشي/Albalushi,الكندي/Alkindi,المنصوري/Almansoori,الصباح/Alsabah,العجمي/Alajmi',
);
const foreignMen = split(
  'محمد/Muhammad,راجيش/Rajesh,أنور/Anwar,جوزيف/Joseph,عمران/Imran,كارلوس/Carlos,سعيد/Saeed,مصطفى/Mustafa,سونيل/Sunil,حسن/Hassan',
);
const foreignWomen = split(
  'ماريا/Maria,أنجلي/Anjali,فاطمة/Fatima,غريس/Grace,أمينة/Amina,ليلى/Layla,بريا/Priya,روز/Rose,سلمى/Salma,نادية/Nadia',
);
const foreignFamilies = split(
  'خان/Khan,كومار/Kumar,سانتوس/Santos,حسين/Hussain,ديالو/Diallo,المصري/Elmasry,رحمن/Rahman,توماس/Thomas,فرنانديز/Fernandez,إدريس/Idris',
);
const cities: readonly (readonly [Name, Name])[] = [
  [
    ['الرياض', 'Riyadh'],
    ['منطقة الرياض', 'Riyadh Region'],
  ],
  [
    ['جدة', 'Jeddah'],
    ['منطقة مكة المكرمة', 'Makkah Region'],
  ],
  [
    ['الدمام', 'Dammam'],
    ['المنطقة الشرقية', 'Eastern Region'],
  ],
  [
    ['أبها', 'Abha'],
    ['منطقة عسير', 'Asir Region'],
  ],
  [
    ['حائل', 'Hail'],
    ['منطقة حائل', 'Hail Region'],
  ],
];

const kinds: readonly PersonKind[] = ['citizen', 'resident', 'visitor', 'gcc'];
const shares = [46, 41, 8, 5];
const countries: Readonly<Record<PersonKind, readonly string[]>> = {
  citizen: ['SA'],
  resident: ['IN', 'PK', 'EG', 'PH', 'BD', 'YE', 'SD', 'SY', 'JO', 'NP'],
  visitor: ['SN', 'ID', 'TR', 'MY', 'GB', 'NG', 'MA'],
  gcc: ['AE', 'KW', 'BH', 'QA', 'OM'],
};

function toNumber(kind: PersonKind, index: number): string {
  const start = `${kind === 'citizen' ? 1 : 2}${String((index * 7919 + 13) % 100_000_000).padStart(8, '0')}`;
  const digit = Array.from('0123456789').find((last) => hasCheckDigit(`${start}${last}`));
  return kind === 'citizen' || kind === 'resident' ? `${start}${digit}` : `${kind === 'gcc' ? 'G' : 'V'}-${start.slice(1)}`;
}

const toDay = (year: number, dice: Dice): string =>
  `${year}-${String(drawWhole(dice, 1, 13)).padStart(2, '0')}-${String(drawWhole(dice, 1, 29)).padStart(2, '0')}`;

function toName(dice: Dice, kind: PersonKind, isWoman: boolean): { readonly [key: string]: Json } {
  const isLocal = kind === 'citizen' || kind === 'gcc';
  const [ofMen, ofWomen] = isLocal ? [men, women] : [foreignMen, foreignWomen];
  const given = pick(dice, isWoman ? ofWomen : ofMen);
  const father = pick(dice, isLocal ? men : foreignMen);
  const family = pick(dice, isLocal ? families : foreignFamilies);
  return {
    'given_name#ar': given[0],
    'given_name#en': given[1],
    'father_name#ar': father[0],
    'father_name#en': father[1],
    'family_name#ar': family[0],
    'family_name#en': family[1],
  };
}

function toAddress(dice: Dice): { readonly [key: string]: Json } {
  const [city, region] = pick(dice, cities);
  const postal_code = String(drawWhole(dice, 11_000, 66_000));
  return {
    'address#ar': { locality: city[0], region: region[0], postal_code, country: 'SA' },
    'address#en': { locality: city[1], region: region[1], postal_code, country: 'SA' },
  };
}

function toPapers(dice: Dice, kind: PersonKind): { readonly [key: string]: Json } {
  const document_expiry = toDay(drawWhole(dice, 2027, 2034), dice);
  const passport_number = `P${drawWhole(dice, 1_000_000, 9_999_999)}`;
  switch (kind) {
    case 'citizen':
      return { document_expiry, marital_status: pick(dice, ['single', 'married']), dependants_count: drawWhole(dice, 0, 5) };
    case 'resident':
      return { document_expiry, residency_expiry: document_expiry };
    case 'visitor':
      return { document_expiry, passport_number, 'visa_type#ar': 'زيارة', 'visa_type#en': 'Visit', visa_expiry: document_expiry };
    case 'gcc':
      return { document_expiry };
  }
}

function createPerson(seed: string, index: number): GivenPerson {
  const dice = createDice(seed, 'person', index);
  const kind = kinds[pickPlace(dice, shares)] ?? 'citizen';
  const isWoman = isLucky(dice, kind === 'resident' ? 0.28 : 0.49);
  const mobile = `+9665${String(drawWhole(dice, 0, 100_000_000)).padStart(8, '0')}`;
  const data = {
    ...toName(dice, kind, isWoman),
    birthdate: toDay(drawWhole(dice, 1946, 2007), dice),
    gender: isWoman ? 'female' : 'male',
    nationalities: [pick(dice, countries[kind])],
    employment_status: pick(dice, ['employed', 'employed', 'self_employed', 'unemployed']),
    phone_number: mobile,
    phone_number_verified: true,
    email: `person${index}@example.test`,
    email_verified: isLucky(dice, 0.8),
    ...toAddress(dice),
    ...toPapers(dice, kind),
  };
  return { id: toNumber(kind, index), kind, status: null, data };
}

export function* createPeople(seed: string, count: number): Iterable<GivenPerson> {
  for (let index = 0; index < count; index += 1) {
    yield createPerson(seed, index);
  }
}
