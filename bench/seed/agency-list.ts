// The agencies of the made-up country: one line each for agency, service and purpose. `seed-registry.ts` makes of them what an operator would have in a file.
//
// A · id · Arabic · English
// S · client_id · Arabic · English · audience (c r v g) · lowest level · how often it is visited · days to answer
// P · id · Arabic · English · basis · life · weight · what is asked (`?` optional)

export const agencyLines = `
A|mol|وزارة العمل|Ministry of Labour
S|mol-permits|رخص العمل|Work permits|cr|substantial|60|P10D
P|permit-renewal|تجديد رخصة العمل|Renew a work permit|consent|P6M|6|given_name family_name age_over_18 residency_valid email? phone_number?
P|contract-view|الاطلاع على عقد العمل|View an employment contract|public_task|P6M|3|name is_employed
S|mol-claims|الدعاوى العمالية|Labour claims|cr|high|12|P20D
P|wage-claim|رفع شكوى أجر|Lodge a wage claim|public_task|P1Y|1|name national_id? residency_number? employment_status
A|moh|وزارة الصحة|Ministry of Health
S|moh-appointments|المواعيد الطبية|Medical appointments|crvg|substantial|90|P30D
P|appointment|حجز موعد في عيادة|Book a clinic appointment|consent|P6M|8|name birthdate gender phone_number?
P|vaccination|إصدار شهادة تطعيم|Issue a vaccination certificate|public_task|P3M|2|name birthdate passport_number?
S|moh-records|السجل الصحي|Health file|cr|high|25|P20D
P|file-view|الاطلاع على السجل الصحي|View the health file|consent|P3M|3|name birthdate national_id_last4 disability_support?
A|traffic|إدارة المرور|Traffic Department
S|traffic-fines|المخالفات المرورية|Traffic fines|crg|substantial|80|P10D
P|pay-fine|سداد مخالفة مرورية|Pay a traffic fine|consent|P6M|7|name national_id_last4 phone_number?
P|object-fine|الاعتراض على مخالفة|Object to a fine|legal_obligation|P6M|1|name phone_number address?
S|traffic-licences|رخص القيادة|Driving licences|crg|high|22|P10D
P|licence-renewal|تجديد رخصة القيادة|Renew a driving licence|consent|P1Y|3|name birthdate age_over_18 document_valid picture?
A|moj|وزارة العدل|Ministry of Justice
S|moj-deeds|الصكوك العقارية|Property deeds|cg|high|16|P20D
P|deed-view|الاطلاع على صك|View a deed|public_task|P6M|3|name national_id
P|deed-transfer|نقل ملكية عقار|Transfer a property|legal_obligation|P1Y|1|name national_id marital_status address
S|moj-agency|الوكالات الشرعية|Powers of attorney|cr|high|14|P20D
P|issue-agency|إصدار وكالة|Issue a power of attorney|legal_obligation|P1Y|2|name national_id? residency_number? birthdate
A|moe|وزارة التعليم|Ministry of Education
S|moe-schools|تسجيل المدارس|School registration|crg|substantial|26|P30D
P|enrol-child|تسجيل طالب في مدرسة|Enrol a pupil in a school|public_task|P1Y|3|name has_dependants address phone_number
P|transfer-pupil|نقل طالب بين المدارس|Move a pupil to another school|public_task|P6M|1|name has_dependants region
S|moe-results|نتائج الطلاب|Exam results|crg|substantial|30|P30D
P|results|عرض نتائج الطلاب|Show exam results|consent|P6M|4|name age_over_18 email?
A|customs|هيئة الجمارك|Customs Authority
S|customs-declare|الإقرار الجمركي|Customs declaration|crvg|substantial|14|P10D
P|declare-goods|الإقرار عن البضائع|Declare goods|legal_obligation|P6M|3|name passport_number? nationalities
P|duty-refund|استرداد رسوم جمركية|Refund of customs duty|consent|P3M|1|name email phone_number?
A|zakat|هيئة الزكاة والضرائب|Zakat and Tax Authority
S|zakat-returns|الإقرارات الضريبية|Tax returns|crg|high|18|P20D
P|file-return|تقديم إقرار|File a return|legal_obligation|P1Y|3|name national_id? residency_number? address
P|vat-refund|استرداد ضريبة القيمة المضافة|Refund of value added tax|consent|P6M|1|name email
A|civil|إدارة الأحوال المدنية|Civil Affairs
S|civil-papers|وثائق الأحوال المدنية|Civil documents|c|high|24|P10D
P|birth-record|تسجيل مولود|Register a birth|legal_obligation|P1Y|2|name national_id marital_status
P|id-renewal|تجديد بطاقة الهوية|Renew an identity card|public_task|P1Y|3|name national_id birthdate picture
P|address-proof|إثبات العنوان|Proof of address|consent|P3M|2|name address
A|passports|إدارة الجوازات|Passport Department
S|passports-travel|خدمات السفر|Travel services|crvg|high|34|P10D
P|passport-renewal|تجديد جواز السفر|Renew a passport|public_task|P1Y|2|name birthdate national_id picture?
P|exit-permit|إصدار تأشيرة خروج|Issue an exit visa|public_task|P6M|3|name residency_number? residency_valid?
P|visit-visa|طلب تأشيرة زيارة|Request a visit visa|consent|P6M|3|name nationalities passport_number? phone_number?
A|muni-capital|أمانة العاصمة|Capital Municipality
S|capital-permits|رخص البناء في العاصمة|Building permits of the capital|crg|substantial|16|P20D
P|building-permit|إصدار رخصة بناء|Issue a building permit|public_task|P1Y|1|name national_id? address phone_number
P|report-street|الإبلاغ عن خلل في الطريق|Report a fault in the street|consent|P3M|4|given_name city phone_number?
A|muni-coast|بلدية الساحل|Coast Municipality
S|coast-shops|رخص المحلات في الساحل|Shop licences of the coast|crg|substantial|12|P20D
P|shop-licence|إصدار رخصة محل|Issue a shop licence|public_task|P1Y|2|name address document_valid
P|market-stall|حجز موقع في السوق|Book a market stall|consent|P3M|1|name phone_number?
A|muni-north|بلدية الشمال|North Municipality
S|north-waste|نظافة الأحياء في الشمال|Waste collection of the north|crg|substantial|9|P30D
P|bulky-waste|طلب نقل مخلفات|Collect bulky waste|consent|P3M|2|given_name address phone_number?
A|housing|وزارة الإسكان|Ministry of Housing
S|housing-support|الدعم السكني|Housing support|c|high|22|P20D
P|apply-support|طلب دعم سكني|Apply for housing support|consent|P1Y|3|name national_id marital_status dependants_count is_employed address
P|support-status|متابعة طلب الدعم|Follow an application|public_task|P6M|4|name national_id_last4
A|social|وزارة التنمية الاجتماعية|Ministry of Social Development
S|social-allowance|الضمان الاجتماعي|Social security|c|high|20|P20D
P|allowance|طلب معاش الضمان|Apply for an allowance|public_task|P1Y|3|name national_id marital_status dependants_count employment_status disability_support
P|volunteer|التسجيل في العمل التطوعي|Register as a volunteer|consent|P6M|1|name age_over_18 city email? phone_number?
A|pension|مؤسسة التقاعد|Pension Institution
S|pension-account|حساب التقاعد|Pension account|c|high|18|P20D
P|statement|كشف حساب التقاعد|Pension statement|public_task|P1Y|4|name national_id birthdate
P|early-pension|طلب تقاعد مبكر|Apply for early retirement|legal_obligation|P1Y|1|name national_id birthdate employment_status
`;
