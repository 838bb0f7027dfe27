// More agencies of the made-up country, in the form of `agency-list.ts`: those that serve fewer, and companies under licence.

export const moreAgencyLines = `
A|water|شركة المياه الوطنية|National Water Company
S|water-account|حساب المياه|Water account|crg|substantial|24|P30D
P|water-bill|سداد فاتورة المياه|Pay a water bill|contract|P1Y|4|name address phone_number
P|water-move|نقل عداد المياه|Move a water meter|contract|P6M|1|name address phone_number
A|power|شركة الكهرباء|Electricity Company
S|power-account|حساب الكهرباء|Electricity account|crg|substantial|34|P30D
P|power-bill|سداد فاتورة الكهرباء|Pay an electricity bill|contract|P1Y|5|name address? phone_number?
P|solar|طلب ربط الطاقة الشمسية|Connect solar panels|consent|P6M|1|name address email?
A|bank-amal|مصرف الأمل|Amal Bank
S|amal-open|فتح حساب في مصرف الأمل|Open an account at Amal Bank|crg|high|28|P10D
P|open-account|فتح حساب مصرفي|Open a bank account|legal_obligation|P6M|3|name birthdate national_id? residency_number? nationalities address is_employed email
P|update-details|تحديث بيانات العميل|Update customer details|legal_obligation|P1Y|3|name address residency_valid? phone_number
A|bank-khaleej|مصرف الخليج|Khaleej Bank
S|khaleej-loans|تمويل مصرف الخليج|Financing at Khaleej Bank|crg|high|18|P10D
P|loan|طلب تمويل شخصي|Apply for a personal loan|consent|P3M|2|name national_id? residency_number? employment_status dependants_count? phone_number
P|card|طلب بطاقة ائتمان|Apply for a credit card|consent|P6M|2|name birthdate age_over_18 email
A|telecom-ufuq|شركة أفق للاتصالات|Ufuq Telecom
S|ufuq-lines|شرائح أفق|Ufuq mobile lines|crvg|substantial|36|P20D
P|new-line|تفعيل شريحة جديدة|Activate a mobile line|legal_obligation|P6M|3|name nationalities national_id_last4? passport_number?
P|offers|عروض تناسبك|Offers that suit you|consent|P3M|3|given_name city? age_over_18 phone_number
A|insure-daman|شركة ضمان للتأمين|Daman Insurance
S|daman-cars|تأمين المركبات|Motor insurance|crg|substantial|22|P20D
P|quote|عرض سعر لتأمين المركبة|Quote for motor insurance|consent|P3M|4|given_name birthdate city marital_status?
P|claim|مطالبة تأمين|Insurance claim|contract|P1Y|1|name national_id_last4 phone_number
A|post|البريد الوطني|National Post
S|post-address|العنوان الوطني|National address|crvg|substantial|30|P30D
P|register-address|تسجيل العنوان الوطني|Register a national address|public_task|P1Y|4|name address phone_number?
P|track|تتبع الشحنات|Track parcels|consent|P6M|4|given_name phone_number email?
A|hajj|وزارة الحج|Ministry of Hajj
S|hajj-permits|تصاريح الحج والعمرة|Hajj and Umrah permits|crvg|substantial|28|P10D
P|umrah|إصدار تصريح عمرة|Issue an Umrah permit|public_task|P3M|5|name gender age_over_18 nationalities
P|hajj|التسجيل في الحج|Register for Hajj|public_task|P6M|2|name birthdate nationalities passport_number? document_valid
A|environment|وزارة البيئة|Ministry of Environment
S|environment-camps|تصاريح التخييم|Camping permits|crg|substantial|8|P30D
P|camp|إصدار تصريح تخييم|Issue a camping permit|consent|P3M|3|name age_over_18 phone_number?
P|grazing|دعم مربي الماشية|Support for herders|public_task|P1Y|1|name national_id_last4 region
A|commerce|وزارة التجارة|Ministry of Commerce
S|commerce-registers|السجلات التجارية|Commercial registers|crg|high|22|P20D
P|open-register|إصدار سجل تجاري|Issue a commercial register|legal_obligation|P1Y|2|name national_id? residency_number? birthdate nationalities address
P|consumer-report|بلاغ حماية المستهلك|Consumer complaint|consent|P6M|2|name phone_number email?
A|university|الجامعة الوطنية|National University
S|university-admission|قبول الجامعة|University admission|crg|substantial|14|P30D
P|admission|التقديم للقبول الجامعي|Apply for admission|consent|P6M|3|name birthdate nationalities email phone_number? disability_support?
P|transcript|طلب السجل الأكاديمي|Request a transcript|contract|P6M|1|name birthdate
A|sports|وزارة الرياضة|Ministry of Sport
S|sports-tickets|تذاكر الملاعب|Stadium tickets|crvg|substantial|16|P30D
P|ticket|حجز تذكرة|Book a ticket|consent|P3M|5|given_name family_name age_over_18 email?
P|fan-card|بطاقة المشجع|Fan card|consent|P1Y|0|name birthdate picture national_id_last4
A|library|المكتبة الوطنية|National Library
S|library-reading|القراءة الرقمية|Digital reading|crvg|substantial|10|P30D
P|membership|عضوية المكتبة|Library membership|consent|P6M|3|given_name family_name email?
P|research|قاعات البحث|Research rooms|consent|P6M|0|name birthdate nationalities
`;
