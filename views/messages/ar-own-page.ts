// A person's own page as a whole, in Arabic: by agency, by detail, by time; one entry; long lists.

const lists = {
  'list-pages': 'صفحات القائمة',
  'list-more': 'المزيد',
  'list-first': 'من البداية',
  'account-search': 'بحث باسم خدمة أو جهة',
  'account-filter-state': 'الحالة',
  'group-all': 'كل الحالات',
  'group-valid': 'سارية',
  'group-law': 'بحكم القانون',
  'group-ends-soon': 'تنتهي قريبًا',
  'group-paused': 'موقوفة مؤقتًا',
  'group-refused': 'مرفوضة',
  'group-ended': 'منتهية أو مسحوبة',
  'account-none-found': 'لا خدمة بهذا الاسم أو بهذه الحالة. يمكن مسح البحث واختيار كل الحالات.',
  'account-more-services': 'المزيد من الخدمات',
  'account-more-purposes': 'كل أغراض خدمة {$service}',
  'account-ending': 'تنتهي خلال 60 يومًا',
  'account-do': 'ما يمكنك عمله',
} as const;

const attributes = {
  'attributes-title': 'من يرى كل بيان من بياناتك؟',
  'attributes-lead': 'لكل بيان: الخدمات التي لها إذن قائم به، وآخر مرة خرج فيها.',
  'attributes-none': 'لا إذن قائم الآن. لا تستطيع أي خدمة أن تتلقى شيئًا من بياناتك.',
  'attributes-last': 'آخر مشاركة {#date /}',
  'attributes-others': `.input {$count :integer}
.match $count
one {{وخدمة أخرى}}
two {{وخدمتان أخريان}}
few {{و{$count} خدمات أخرى}}
* {{و{$count} خدمة أخرى}}`,
  'attribute-title': 'من يرى: {$name}؟',
  'attribute-own': 'مما أدخلته',
  'attribute-none': 'لا إذن قائم بهذا البيان. لا تستطيع أي خدمة أن تتلقاه.',
  'attribute-activity': 'كل ما حدث لهذا البيان',
} as const;

const activity = {
  'activity-open': 'التفاصيل',
  'activity-filter-attribute': 'البيان',
  'activity-all-attributes': 'كل البيانات',
  'activity-filter-period': 'المدة',
  'activity-all-periods': 'كل المدة',
  'activity-period-month': 'آخر 30 يومًا',
  'activity-period-quarter': 'آخر 3 أشهر',
  'activity-period-year': 'آخر سنة',
  'activity-period-older': 'قبل أكثر من سنة',
  'activity-looked-back': 'بحثنا في أحدث القيود حتى {#date /}. قد يوجد ما هو أقدم.',
  'activity-look-further': 'البحث في الأقدم',
} as const;

const entry = {
  'entry-when': 'متى',
  'entry-who': 'من',
  'entry-why': 'لماذا',
  'entry-ground': 'على أي أساس',
  'entry-ground-consent': 'بموافقتك. يمكنك سحبها من صفحة الخدمة متى شئت.',
  'entry-actor': 'من قام بذلك',
  'entry-actor-person': 'أنت',
  'entry-actor-service': 'الخدمة نفسها، بإذنك القائم أو بحكم القانون',
  'entry-actor-officer': 'موظف، باسمه في سجل العاملين',
  'entry-actor-operator': 'مشغّل هوية',
  'entry-actor-system': 'هوية، تلقائيًا',
  'entry-acted-guardian': 'وليّك، نيابةً عنك',
  'entry-acted-representative': 'من فوّضته، نيابةً عنك',
  'entry-acted-office_clerk': 'موظف مكتب خدمات، بحضورك',
  'entry-acted-authority': 'جهة مختصة، بقرار',
  'entry-index': 'رقم القيد في السجل',
  'entry-index-waits': 'يُرقَّم خلال ثوانٍ',
  'entry-details-shared': 'البيانات، ولماذا طُلب كل منها',
  'entry-details-asked': 'ما طُلب ولم يُرسَل',
  'withheld-declined': 'اخترت ألا تشاركه.',
  'withheld-not-decided': 'لم تُسأل عنه بعد.',
  'withheld-superseded': 'تغيّر ما يُطلب منه منذ موافقتك.',
  'withheld-not-on-record': 'غير مسجَّل لدينا.',
  'withheld-beyond-purpose': 'خارج الغرض المسجَّل.',
  'attribute-unlisted': 'بيان غير معروف لدينا',
} as const;

const history = {
  'history-given': 'أعطيت موافقتك',
  'history-renewed': 'جدّدت موافقتك',
  'history-narrowed': 'قلّصت ما تشاركه',
  'history-notified': 'عُرض عليك الإشعار',
  'history-refused': 'رفضت الطلب',
  'history-withdrawn': 'سحبت موافقتك',
  'history-deferred': 'أجّلت القرار',
  'history-paused': 'أوقفت موافقتك مؤقتًا',
  'history-resumed': 'استأنفت موافقتك',
  'history-revoked': 'أنهت جهة مختصة هذه المشاركة',
  'history-invalidated': 'أبطلت جهة مختصة هذه المشاركة',
  'acted-self': 'بنفسك',
  'acted-authority': 'جهة مختصة، لا أنت',
  'open-service': 'فتح {$service}',
  'service-lately': 'آخر ما جرى مع هذه الخدمة',
  'service-all-activity': 'كل ما جرى معها',
  'receipts-of': `.input {$number :integer}
.match $number
1 {{القرار الأول}}
* {{القرار رقم {$number}}}`,
} as const;

const controls = {
  pause: 'إيقاف مؤقت',
  'pause-text': 'لا تتلقى الخدمة شيئًا حتى الاستئناف. تبقى موافقتك محفوظة إلى موعد انتهائها.',
  resume: 'استئناف',
  'resume-text': 'تعود المشاركة كما كانت، إلى موعد انتهاء الموافقة.',
  narrow: 'حفظ ما يُشارَك',
  'service-superseded':
    'تغيّر منذ موافقتك ما تطلبه الخدمة أو تغيّرت صفتك، فلم تعد موافقتك تشمله. لا يُشارَك شيء الآن، وتُسأل حين تدخل إلى الخدمة من جديد.',
  'narrow-title': 'ما تشاركه باختيارك',
  'narrow-text': 'ما يُزال تحديده لا يُشارَك بعد الآن. البيانات اللازمة تبقى ما بقيت الموافقة.',
  'paused-title': 'أُوقفت مؤقتًا: {$purpose}',
  'paused-stopped': 'توقفت المشاركة في {#date /}.',
  'paused-next-1': 'لا تتلقى الخدمة شيئًا من بياناتك حتى الاستئناف.',
  'paused-next-2': 'ينتهي دخولك القائم إلى الخدمة، ولا تستطيع طلب بياناتك في غيابك.',
  'paused-next-3': 'يمكنك الاستئناف أو سحب الموافقة من صفحة الخدمة متى شئت.',
  'resumed-title': 'استُؤنفت: {$purpose}',
  'resumed-stopped': 'عادت المشاركة في {#date /}، وتنتهي في {#end /}.',
  'resumed-next-1': 'تتلقى الخدمة ما وافقت عليه، عند دخولك التالي إليها.',
  'resumed-next-2': 'لم يتغيّر شيء مما وافقت عليه، ولا موعد انتهائه.',
  'resumed-next-3': 'يمكنك الإيقاف أو سحب الموافقة من صفحة الخدمة متى شئت.',
  'narrowed-title': 'قُلّصت المشاركة: {$purpose}',
  'narrowed-stopped': 'حُفظ اختيارك في {#date /}. تنتهي الموافقة في {#end /}.',
  'narrowed-next-1': 'ما أزلته لا تتلقاه الخدمة بعد هذه اللحظة.',
  'narrowed-next-2': 'ما أزلته ووصل إلى الجهة من قبل عليها حذفه، أو ذكر القانون الذي يلزمها بحفظه. يظهر جوابها هنا وفي صفحة الخدمة.',
  'narrowed-next-3': 'إن أردت مشاركته من جديد، فعند دخولك التالي إلى الخدمة إذا طلبته.',
  'changed-service': 'صفحة خدمة {$service}',
} as const;

const take = {
  'take-title': 'تنزيل كل ما لدى هوية عنك',
  'take-lead': 'ملف واحد موقَّع، تقرؤه البرامج، لا يخص أحدًا غيرك.',
  'take-holds': 'ما في الملف',
  'take-holds-data': 'بياناتك كما هي محفوظة، ومصدر كل منها.',
  'take-holds-consents': 'كل موافقة وإشعار، بكل إصداراتها.',
  'take-holds-receipts': 'كل إيصال، بتوقيعه وإثباته، والنص الذي عُرض عليك. يمكن التحقق من كل إيصال دون اتصال بالإنترنت.',
  'take-holds-activity': 'كل ما حدث لبياناتك: من تلقى ماذا، ومتى، ولماذا.',
  'take-holds-access': 'جلساتك المفتوحة والخدمات التي دخلتها، والمعرّفات التي تعرفك بها الجهات، وما هو علني من مفاتيح مرورك.',
  'take-holds-duties': 'ما على الجهات أن تجيبك عنه، وجواب كل منها.',
  'take-holds-reports': 'بلاغاتك وما ورد عليها من ردود.',
  'take-button': 'تنزيل الملف',
  'take-note': 'في الملف بياناتك بصورتها الكاملة. الأفضل حفظه حيث لا يصل إليه غيرك.',
} as const;

const close = {
  'person-closed': 'حساب مغلق',
  'close-title': 'إغلاق حسابك في هوية',
  'close-lead': 'بضغطة واحدة، بعد تأكيد بمفتاح المرور. لا رجعة بعدها.',
  'close-goes': 'ما يُمحى',
  'close-goes-data': 'بياناتك كلها في هوية، والمفتاح الوحيد الذي يفتحها.',
  'close-goes-access': 'مفاتيح مرورك وجلساتك، وكل إذن قائم للخدمات.',
  'close-goes-consents': 'تُسحب كل موافقاتك. على كل جهة أن تجيب متى علمت بذلك: مُحيت، أو تبقى بحكم القانون.',
  'close-goes-entries': 'ما يربط قيود السجل بك وقراراتك بعضها ببعض، ونسخنا من إيصالاتك. لا يستطيع أحد بعدها أن يعرف أنها عنك.',
  'close-stays': 'ما يبقى، وعلى أي أساس',
  'close-stays-log': 'قيود السجل دون ما يدل عليك، ليبقى السجل قابلًا للتحقق من الجميع.',
  'close-stays-records': 'سجل قراراتك دون اسم ولا رقم، لإثبات أن ما شُورك كان بإذن. هذا ما يوجبه القانون.',
  'close-stays-subject':
    'المعرّف العشوائي الذي تعرفك به كل جهة، كي لا تفقد ملفك لديها عند عودتك. ويبقى مع الطلب الموجَّه إلى الجهة إلى أن تجيب.',
  'close-stays-agencies': 'ما وصل إلى الجهات من قبل، في حدود مدة الحفظ لديها.',
  'close-stays-backups': 'نسخ احتياطية مشفَّرة، إلى أن تنتهي مدة حفظها.',
  'close-later': 'بعد الإغلاق',
  'close-later-text': 'يمكنك التسجيل من جديد في مكتب التسجيل متى شئت. يكون ذلك حسابًا جديدًا، بلا سجل سابق.',
  'close-final': 'بعد الإغلاق لا نستطيع استعادة شيء. الأفضل تنزيل نسختك قبله.',
  'close-button': 'إغلاق الحساب ومحو بياناتي',
  'closed-title': 'أُغلق حسابك ومُحيت بياناتك',
  'closed-lead': 'ما بقي من سجلك لم يعد يدل عليك. وإن كان على جهة أن تجيب بعد، فنحتفظ بالمعرّف الذي تعرفك به إلى أن تجيب.',
  'closed-agencies': 'تُبلَّغ الجهات التي كانت لها موافقات قائمة. ومن ليس لها عنوان للإشعارات تعلم عند طلبها التالي.',
  'closed-receipts': 'الإيصالات التي حفظتها ما زالت صحيحة، ويمكن التحقق منها.',
} as const;

const use = {
  erase: 'طلب محو ما وصل إلى الجهة',
  'erase-text': 'تُبلَّغ الجهة بطلبك، وعليها أن تجيب في موعد محدد: مُحي، أو يبقى بحكم القانون. لا يغيّر ذلك موافقتك.',
  'service-control-law': 'ما يمكنك طلبه',
  'erase-text-law': 'تُبلَّغ الجهة بطلبك، وعليها أن تجيب في موعد محدد: مُحي، أو يبقى بحكم القانون. وتستمر المشاركة بحكم القانون.',
  'service-unused': 'لم تُقرأ بياناتك بهذا الإذن بعد.',
  'service-uses': `.input {$count :integer}
.match $count
one {{قُرئت مرة واحدة، في {#date /}}}
two {{قُرئت مرتين، آخرهما في {#date /}}}
few {{قُرئت {$count} مرات، آخرها في {#date /}}}
* {{قُرئت {$count} مرة، آخرها في {#date /}}}`,
} as const;

const errors = {
  'error-place-unknown-title': 'لا تبدأ من هنا أي صفحة من قائمتك',
  'error-place-unknown-meaning': 'العنوان ناقص، أو يخص قائمة أخرى أو شخصًا آخر. لم يُعرض شيء ولم يُشارَك شيء.',
  'error-place-unknown-next': 'فتح القائمة من بدايتها، ثم المتابعة بأزرارها.',
  'error-own-entry-unknown-title': 'لا يوجد هذا القيد في سجل اطلاعك',
  'error-own-entry-unknown-meaning': 'العنوان ناقص، أو يخص قيدًا ليس عنك. لم يُعرض شيء ولم يُشارَك شيء.',
  'error-own-entry-unknown-next': 'فتح سجل الاطلاع واختيار القيد منه.',
} as const;

export const arOwnPage = {
  ...lists,
  ...attributes,
  ...activity,
  ...entry,
  ...history,
  ...controls,
  ...take,
  ...close,
  ...use,
  ...errors,
} as const;
