// The place "details" in Arabic: what is held about the person, where it is put right, and what they change themselves.

const held = {
  'place-details': 'بياناتي',
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

export const arDetails = { ...held } as const;
