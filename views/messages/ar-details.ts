// The place "details" in Arabic: what is held about the person, where it is put right, and what they change themselves.

const held = {
  'place-details': 'بياناتي',
  'details-title': 'بياناتي',
  'details-lead': 'كل ما تحتفظ به هوية عنك، ومن أين جاء. لا يصل شيء منه إلى جهة إلا بقرارك أو بحكم القانون.',
  'details-own': 'ما تغيّره بنفسك',
  'details-own-text': 'جاء منك، وتغيّره متى شئت.',
  'details-verified': 'جرى التحقق منه',
  'details-unverified': 'لم يجرِ التحقق منه',
  'details-change': 'تغيير',
  'details-add': 'إضافة',
  'details-at-counter': 'يُغيَّر في مكتب التسجيل، بوثيقتك الأصلية.',
  'details-language': 'لغة الصفحات والرسائل',
  'details-language-text': 'تظهر لك هوية بهذه اللغة على كل جهاز تدخل منه.',
  'details-language-ar': 'العربية',
  'details-language-en': 'English',
  'details-save': 'حفظ',
  'details-register': 'من {$register}',
  'details-wrong': 'فيها خطأ؟ أين تُصحَّح',
  'details-wrong-text': 'تنقل هوية ما في هذا السجل كما هو، ولا تغيّره. بعد التصحيح يصل إلينا الصواب من السجل نفسه.',
  'details-owner': 'صاحب السجل',
  'details-where': 'مكان التصحيح',
  'details-bring': 'ما تحضره معك',
  'details-answers': 'أجوبة محسوبة من بياناتك',
  'details-answers-text': 'تكفي كثيرًا من الخدمات، فلا يصل إليها البيان نفسه. مثال: بلوغ 18 سنة بدل تاريخ الميلاد.',
  'details-answers-show': 'عرض الأجوبة',
  'details-elsewhere': 'مفاتيح مرورك وجلساتك في «الأمان»، وقراراتك في «الإيصالات»، وما حدث لبياناتك في «سجل الاطلاع».',
  'details-changed-email': 'تغيّر بريدك الإلكتروني. تستخدمه هوية من الآن.',
  'details-changed-phone': 'تغيّر رقم جوالك. تستخدمه هوية من الآن.',
  'details-changed-name': 'حُفظ الاسم المفضّل.',
  'details-changed-language': 'حُفظت اللغة.',
} as const;

const contact = {
  'contact-email-title': 'تغيير البريد الإلكتروني',
  'contact-phone-title': 'تغيير رقم الجوال',
  'contact-email-lead': 'نرسل رمزًا إلى العنوان الجديد. لا يتغيّر شيء حتى تكتبه هنا.',
  'contact-phone-lead': 'نرسل رمزًا برسالة نصية إلى الرقم الجديد. لا يتغيّر شيء حتى تكتبه هنا.',
  'contact-email-now': 'المسجَّل الآن',
  'contact-phone-now': 'المسجَّل الآن',
  'contact-email-new': 'البريد الإلكتروني الجديد',
  'contact-phone-new': 'رقم الجوال الجديد',
  'contact-email-hint': 'مثال: {#code}sara@example.com{/code}',
  'contact-phone-hint': 'مع رمز الدولة. مثال: {#code}+966 50 000 0000{/code}',
  'contact-send': 'إرسال الرمز',
  'contact-told-old': 'نخبر بريدك الحالي بأن التغيير حدث، دون ذكر الجديد.',
  'contact-code-title': 'إدخال الرمز',
  'contact-code-lead': 'أرسلنا رمزًا من 8 أرقام إلى {#address}{$address}{/address}',
  'contact-code-until': 'الرمز صالح حتى {#date /}، لهذه الجلسة وحدها.',
  'contact-code': 'الرمز',
  'contact-code-hint': '8 أرقام، كما وصلت.',
  'contact-tries': `.input {$count :integer}
.match $count
one {{بقيت محاولة واحدة.}}
two {{بقيت محاولتان.}}
few {{بقيت {$count} محاولات.}}
* {{بقيت {$count} محاولة.}}`,
  'contact-confirm': 'تأكيد التغيير',
  'contact-resend': 'إرسال رمز جديد',
  'contact-resend-text': 'الرمز الجديد يلغي ما قبله. يمكن طلبه بعد دقيقة من السابق.',
  'contact-email-other': 'كتابة عنوان آخر',
  'contact-phone-other': 'كتابة رقم آخر',
  'contact-missing': 'لم يصل الرمز؟',
  'contact-email-missing': 'قد يكون في البريد غير المرغوب فيه. والتأكد من العنوان المكتوب أعلاه يفيد أيضًا.',
  'contact-phone-missing': 'قد تتأخر الرسالة دقيقة أو دقيقتين. والتأكد من الرقم المكتوب أعلاه يفيد أيضًا.',
  'contact-ended': 'لا يمكن استخدام هذا الرمز',
  'contact-keep': 'العودة دون تغيير',
} as const;

const name = {
  'name-title': 'الاسم المفضّل',
  'name-lead': 'الاسم الذي تحب أن تُنادى به. لا يغيّر اسمك في السجل المدني، ولا يصل إلى جهة إلا بموافقتك.',
  'name-ar': 'بالعربية',
  'name-en': 'بالحروف اللاتينية',
  'name-ar-hint': 'حروف عربية، دون تشكيل.',
  'name-en-hint': 'حروف لاتينية.',
  'name-ar-wrong': 'حروف عربية فقط',
  'name-en-wrong': 'حروف لاتينية فقط',
  'name-none': 'ترك الخانتين فارغتين يحذف الاسم المفضّل.',
  'name-save': 'حفظ الاسم',
} as const;

const letters = {
  'letter-code-subject': 'رمز تأكيد البريد الإلكتروني في هوية',
  'letter-code-heading': 'رمز التأكيد',
  'letter-code-why': 'طلب شخص في صفحته على هوية استخدام هذا العنوان. إن كان هذا طلبك، فالرمز هو:',
  'letter-code-until': 'الرمز صالح 10 دقائق، ويُكتب في الصفحة التي طلبته فقط.',
  'letter-code-not-you': 'إن لم يكن هذا طلبك، فلا يلزم شيء. لن يتغيّر شيء دون الرمز.',
  'letter-never': 'هوية لا تتصل بك لطلب رمز، ولا ترسل رابطًا لتسجيل الدخول.',
  'letter-address': 'عنوان هوية الصحيح: {$host}',
  'letter-sms': '{$code} رمز هوية لتأكيد رقم جوالك. صالح 10 دقائق. لا تعطه لأحد.',
  'letter-changed-email-subject': 'تغيّر بريدك الإلكتروني في هوية',
  'letter-changed-phone-subject': 'تغيّر رقم جوالك في هوية',
  'letter-changed-email': 'تغيّر البريد الإلكتروني المسجَّل لك في هوية. لن تصل رسائلها بعد الآن إلى هذا العنوان.',
  'letter-changed-phone': 'تغيّر رقم الجوال المسجَّل لك في هوية.',
  'letter-changed-when': 'الوقت: {$moment}',
  'letter-changed-you': 'إن كان هذا طلبك، فلا يلزم شيء.',
  'letter-changed-not-you': 'إن لم يكن طلبك: إنهاء كل الجلسات من «الأمان» في صفحتك، ثم إبلاغ مكتب التسجيل.',
} as const;

const errors = {
  'error-contact-address-title': 'العنوان غير مكتمل أو فيه خطأ',
  'error-contact-address-meaning': 'لم نتمكن من قراءة ما كُتب. لم يُرسل رمز، ولم يتغيّر شيء.',
  'error-contact-address-next': 'كتابة العنوان كاملًا كما في المثال، ثم المحاولة من جديد.',
  'error-contact-unchanged-title': 'هذا هو المسجَّل لديك الآن',
  'error-contact-unchanged-meaning': 'جرى التحقق منه من قبل. لم يُرسل رمز، ولم يتغيّر شيء.',
  'error-contact-unchanged-next': 'كتابة عنوان آخر، أو العودة دون تغيير.',
  'error-contact-too-many-title': 'طُلبت رموز كثيرة',
  'error-contact-too-many-meaning':
    'بين رمزين دقيقة على الأقل، ولا تزيد الرموز على 5 في الساعة و10 في اليوم. لم يُرسل رمز جديد ولم يتغيّر شيء.',
  'error-contact-too-many-next': 'استخدام آخر رمز وصل، أو المحاولة من جديد بعد مدة.',
  'error-contact-code-wrong-title': 'الرمز غير صحيح',
  'error-contact-code-wrong-meaning': 'لم يتغيّر شيء. بعد 5 محاولات ينتهي الرمز.',
  'error-contact-code-wrong-next': 'كتابة الأرقام الثمانية كما وصلت في آخر رسالة.',
  'error-contact-code-ended-title': 'انتهى هذا الرمز',
  'error-contact-code-ended-meaning': 'مرت 10 دقائق، أو جُرّبت 5 رموز، أو استُخدم من قبل، أو طُلب من جلسة أخرى. لم يتغيّر شيء الآن.',
  'error-contact-code-ended-next': 'طلب رمز جديد.',
  'error-name-title': 'في الاسم حرف لا نقبله',
  'error-name-meaning': 'يُكتب الاسم بحروف لغة واحدة في كل خانة، دون أرقام أو رموز أو تشكيل. لم يتغيّر شيء.',
  'error-name-next': 'كتابة الاسم بالحروف فقط، وبحد أقصى 60 حرفًا.',
} as const;

export const arDetails = { ...held, ...contact, ...name, ...letters, ...errors } as const;
