// The place "security" in Arabic: passkeys, sessions, the history of sign-ins, and the second passkey right after enrolment.

const passkeys = {
  'passkey-here': 'دخلت به الآن',
  'passkey-rename': 'تسمية',
  'passkey-remove-link': 'إزالة',
  'passkeys-full': 'لديك 50 مفتاح مرور، وهذا هو الحد الأعلى. لإضافة مفتاح جديد، يمكن إزالة مفتاح لم يعد مستخدمًا.',
  'passkey-name-title': 'تسمية مفتاح المرور',
  'passkey-name-lead': 'اسم يسهّل عليك تمييزه عن غيره. لا يظهر إلا لك.',
  'passkey-name-label': 'الاسم',
  'passkey-name-hint': 'مثال: هاتف العمل. وإذا تُرك فارغًا، يظهر الاسم المعتاد.',
  'passkey-name-wrong': 'يتكون الاسم من حروف وأرقام، ولا يزيد على 40.',
  'passkey-name-keep': 'إبقاء الاسم كما هو',
  'security-passkey-renamed': 'حُفظ الاسم.',
  'security-passkey-removed': 'أُزيل مفتاح المرور، وانتهت الجلسات التي بدأت به. يمكن الآن حذفه من جهازه أيضًا.',
  'passkey-remove-title': 'إزالة مفتاح المرور؟',
  'passkey-remove-what': 'ما الذي يحدث؟',
  'passkey-remove-end': 'لا يفتح هذا المفتاح هويتك بعد الآن، ولا يمكن التراجع عن ذلك.',
  'passkey-remove-sessions': `.input {$count :integer}
.match $count
one {{تنتهي جلسة واحدة مفتوحة على جهاز آخر، لأنها بدأت به.}}
two {{تنتهي جلستان مفتوحتان على أجهزة أخرى، لأنهما بدأتا به.}}
few {{تنتهي {$count} جلسات مفتوحة على أجهزة أخرى، لأنها بدأت به.}}
many {{تنتهي {$count} جلسة مفتوحة على أجهزة أخرى، لأنها بدأت به.}}
* {{تنتهي {$count} جلسة مفتوحة على أجهزة أخرى، لأنها بدأت به.}}`,
  'passkey-remove-offline': 'لا تستطيع الخدمات التي دخلت إليها بهذا المفتاح طلب بياناتك في غيابك، حتى تدخل إليها من جديد.',
  'passkey-remove-device': 'قد يبقى محفوظًا في الجهاز أو في مدير كلمات المرور. بقاؤه لا يضر، ويمكن حذفه من هناك.',
  'passkey-remove-stays': 'تبقى مفاتيحك الأخرى وموافقاتك كما هي.',
  'passkey-remove-here': 'دخلت الآن بهذا المفتاح، فتخرج من هذه الصفحة أيضًا. للعودة إليها، يلزم مفتاح آخر من مفاتيحك.',
  'passkey-remove': 'إزالة المفتاح',
  'passkey-remove-keep': 'إبقاء المفتاح',
  'passkey-last': 'هذا مفتاحك الوحيد',
  'passkey-last-text': 'لو أُزيل، لما أمكنك الدخول. لاستبداله، يُضاف مفتاح آخر أولًا، ثم يُزال هذا.',
  'passkey-last-back': 'العودة إلى صفحة الأمان',
} as const;

const sessions = {
  'sessions-end-others': 'إنهاء كل الجلسات الأخرى',
  'sessions-end-others-text': 'تبقى هذه الجلسة وحدها مفتوحة.',
  'security-others-ended': 'أُنهيت الجلسات الأخرى. بقيت هذه الجلسة وحدها، وتُبلَّغ الخدمات المفتوحة فيها متى أمكن.',
  'sessions-capped': 'انتهت أقدم جلسة {#date /}',
  'sessions-capped-text': 'يمكن أن تكون لك 10 جلسات مفتوحة معًا. عند الدخول من جهاز آخر تنتهي الجلسة التي مضى على آخر نشاط فيها أطول وقت.',
  'sign-ins-title': 'سجل الدخول',
  'sign-ins-text': 'متى دخلت، ومن أي جهاز، وإلى أي خدمة، وبأي مفتاح.',
  'sign-ins-lead': 'كل دخول باسمك، وكل جلسة أُنهيت. عند الشك في أحدها يمكن إنهاء كل الجلسات، أو تجميد الهوية.',
  'sign-ins-none': 'لم يُسجَّل دخول بعد.',
  'sign-in-started': 'دخول من {$device}',
  'sign-in-ended': 'انتهاء جلسة',
  'sign-in-suspended': 'رُفض دخول بمفتاح من مفاتيحك، وأُوقف المفتاح',
  'sign-in-service': 'إلى: {$service}',
  'sign-in-account': 'إلى: صفحتك',
  'sign-in-passkey': 'بالمفتاح: {$name}',
  'sign-in-passkey-gone': 'بمفتاح لم يعد يعمل: {$name}',
  'sign-in-level-substantial': 'مستوى التحقق: معزَّز',
  'sign-in-level-high': 'مستوى التحقق: عالٍ',
  'sign-in-shared': 'على جهاز مشترك',
  'sign-in-end-signed-out': 'بالخروج منها',
  'sign-in-end-ended-on-own-page': 'من صفحتك',
  'sign-in-end-passkey-removed': 'لأن المفتاح الذي بدأت به أُزيل',
  'sign-in-end-too-many-sessions': 'لأن 10 جلسات كانت مفتوحة، وهي أطولها دون نشاط',
  'sign-in-end-frozen': 'لأن هويتك جُمّدت',
  'sign-in-end-recovered': 'لأن استعادة الدخول اكتملت بمفتاح جديد',
  'sign-in-end-copied': 'لأن المفتاح الذي بدأت به أُوقف، فقد تكون نسخة منه في يد غيرك',
  'sign-in-end-changed': 'لأن المفتاح الذي بدأت به أُوقف، فقد تغيّر نوعه',
  'sign-in-end-status': 'لأن حالة هويتك تغيّرت',
  'sign-ins-missing':
    'لا يظهر هنا دخول لم يكتمل: من لا يملك مفتاحًا من مفاتيحك لا يصل إلى حسابك، ولا يُسجَّل باسمك. ولا تظهر الجلسة التي انتهت وحدها بمرور الوقت.',
  'sign-ins-missing-ask': 'ما الذي لا يظهر هنا؟',
} as const;

const more = {
  'security-past': 'السجل والتنبيهات',
  'security-freeze-text': 'يمنع التجميد أي دخول باسمك وأي مشاركة لبياناتك. وفي الصفحة التالية رمز تطبعه، تُجمّد به هويتك إذا ضاعت أجهزتك.',
  'security-freeze-go': 'تجميد الهوية أو طباعة رمز التجميد',
} as const;

const spare = {
  'spare-title': 'مفتاح ثانٍ، الآن؟',
  'spare-lead': 'إذا ضاع هذا الجهاز، يبقى دخولك ممكنًا بالمفتاح الثاني، دون زيارة مكتب التسجيل.',
  'spare-how-phone': 'على هاتف آخر: تعرض نافذة المتصفح رمزًا، ويُقرأ بكاميرا ذلك الهاتف.',
  'spare-how-key': 'على مفتاح أمان: يوصَل بالجهاز، أو يُقرَّب منه.',
  'spare-create': 'إنشاء مفتاح ثانٍ',
  'spare-until': 'متاح في هذا المتصفح لمدة 10 دقائق، مرة واحدة، قبل أول دخول. وبعدها من صفحة الأمان.',
  'spare-skip': 'ليس الآن',
  'spare-done-title': 'لديك الآن مفتاحا مرور',
  'spare-done-lead': 'إذا ضاع أحدهما، يبقى دخولك ممكنًا بالآخر. وتسميتهما وإزالتهما من صفحة الأمان.',
} as const;

const activity = {
  'activity-passkey-renamed': 'غيّرت اسم مفتاح مرور',
  'activity-passkey-removed': 'أزلت مفتاح مرور',
} as const;

const errors = {
  'error-passkey-too-many-title': 'لديك 50 مفتاح مرور',
  'error-passkey-too-many-meaning': 'هذا هو الحد الأعلى. لم يُضَف شيء، ومفاتيحك كما هي.',
  'error-passkey-too-many-next': 'إزالة مفتاح لم يعد مستخدمًا من صفحة الأمان، ثم المحاولة من جديد.',
  'error-passkey-too-new-title': 'هذا المفتاح أحدث من أن يفعل ذلك',
  'error-passkey-too-new-meaning':
    'المفتاح الذي أُضيف إلى جانب مفتاح أقدم لا يزيل مفتاحًا ولا يرفع مستواه ولا يغلق الحساب مدة يوم. لم يتغيّر شيء.',
  'error-passkey-too-new-next': 'الدخول بمفتاح أقدم، أو العودة بعد يوم من إضافة هذا المفتاح.',
  'error-session-shared-title': 'لا يمكن ذلك على جهاز يستخدمه غيرك',
  'error-session-shared-meaning': 'قلت إن غيرك يستخدم هذا الجهاز، فلا يُنشأ عليه ما يفتح هويتك أو يغلقها. لم يتغيّر شيء.',
  'error-session-shared-next': 'الدخول من جهاز خاص بك، وفعل ذلك هناك.',
  'error-passkey-last-one-title': 'هذا مفتاحك الوحيد',
  'error-passkey-last-one-meaning': 'لو أُزيل، لما أمكنك الدخول. لم يتغيّر شيء.',
  'error-passkey-last-one-next': 'إضافة مفتاح آخر من صفحة الأمان، ثم إزالة هذا.',
  'error-passkey-gone-title': 'لا يوجد هذا المفتاح',
  'error-passkey-gone-meaning': 'أُزيل من قبل، أو أن العنوان غير صحيح. لم يتغيّر شيء.',
  'error-passkey-gone-next': 'الاطلاع على مفاتيحك في صفحة الأمان.',
  'error-passkey-name-title': 'لم يُحفظ الاسم',
  'error-passkey-name-meaning': 'بقي الاسم كما كان، ولم يتغيّر شيء. يتكون الاسم من حروف وأرقام، ولا يزيد على 40.',
  'error-passkey-name-next': 'تصحيح الاسم.',
  'error-offer-ended-title': 'انتهت مهلة المفتاح الثاني',
  'error-offer-ended-meaning': 'مرت 10 دقائق، أو استُخدمت المهلة، أو دخلت بعدها. لم يُضَف شيء، ومفتاحك الأول جاهز.',
  'error-offer-ended-next': 'الدخول به، ثم إضافة المفتاح الثاني من صفحة الأمان.',
} as const;

export const arSecurity = { ...passkeys, ...sessions, ...more, ...spare, ...activity, ...errors } as const;
