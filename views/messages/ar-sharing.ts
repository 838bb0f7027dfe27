// What is shared, in Arabic: the decision pages, the own page, signing out.

const consent = {
  'consent-title': '{$purpose}: ما الذي تشاركه مع {#whole}{$agency}{/whole}؟',
  'consent-lead': 'لا يُشارَك شيء قبل قرارك.',
  'needed-title': 'لازمة لهذه الخدمة',
  'needed-intro': 'لا تكتمل الخدمة عبر الإنترنت من دونها.',
  'choices-title': 'باختيارك',
  'choices-intro': 'غير محدَّدة مسبقًا. تركها لا يؤثر في طلبك.',
  'choices-intro-again': 'المحدَّد منها وافقت عليه من قبل. تركها لا يؤثر في طلبك.',
  'not-asked-title': 'لا تطلبها هذه الخدمة ولن تراها',
  'nothing-needed': 'ليست هناك بيانات لازمة. ما يلي كله باختيارك.',
  allow: 'موافقة ومتابعة',
  refuse: 'رفض والعودة',
  'refuse-note': 'عند الرفض لا تتلقى الجهة شيئًا، وتكون العودة إلى صفحتها. ويمكنك سؤالها عن طريقة أخرى للحصول على الخدمة.',
  'terms-title': 'شروط هذه المشاركة',
  'term-purpose': 'الغرض',
  'term-recipient': 'من يتلقاها',
  'term-recipient-only': '{$agency} فقط',
  'term-retention': 'مدة الحفظ',
  'term-retention-at-most': '{$duration} على الأكثر',
  'term-ends': 'تنتهي الموافقة',
  'term-undo': 'التراجع',
  'term-offline': 'في غيابك',
  'term-offline-text': 'يمكن للخدمة طلب هذه البيانات من جديد دون حضورك، حتى تنتهي الموافقة.',
  'term-undo-text': 'بسحب الموافقة من صفحتك متى شئت. يسري السحب فورًا.',
  'term-contact': 'للأسئلة عن الخصوصية',
  'changed-title': '{$purpose}: تغيّر طلب {#whole}{$agency}{/whole}. ما قرارك؟',
  'changed-lead': 'وافقت في {#date /}. هنا ما تغيّر فقط.',
  'again-lead': 'سبق أن وافقت في {#date /}. القرار لك من جديد.',
  'changed-heading': 'ما تغيّر',
  'change-new-needed': 'بيان جديد لازم',
  'change-kept-longer': 'مدة أطول',
  'change-kept-label': 'مدة الحفظ: {$label}',
  'change-from': 'من',
  'change-to': 'إلى',
  'changed-unchanged': `.input {$count :integer}
.match $count
one {{ما لم يتغيّر: بيان واحد}}
two {{ما لم يتغيّر: بيانان}}
few {{ما لم يتغيّر: {$count} بيانات}}
many {{ما لم يتغيّر: {$count} بيانًا}}
* {{ما لم يتغيّر: {$count} بيان}}`,
  'allow-change': 'موافقة على التغيير',
  'refuse-change': 'رفض التغيير',
  'refuse-change-note': 'عند الرفض لا تتلقى الجهة شيئًا جديدًا، وتكون العودة إلى صفحتها دون إكمال الطلب.',
  'notice-title': '{$purpose}: بيانات ستصل إلى {#whole}{$agency}{/whole}',
  'notice-heading': 'هذا إشعار، وليس طلب موافقة',
  'notice-basis-legal_obligation': 'يوجب القانون هذه المشاركة.',
  'notice-basis-public_task': 'تلزم هذه البيانات لمهمة عامة أسندها القانون إلى الجهة.',
  'notice-basis-contract': 'تلزم هذه البيانات لتنفيذ عقد بينك وبين الجهة.',
  'notice-basis-vital': 'تلزم هذه المشاركة لحماية الأرواح والسلامة.',
  'notice-basis-legitimate': 'للجهة في هذه البيانات مصلحة مشروعة يقرها القانون.',
  'notice-reference': 'السند: {$reference}',
  'notice-receives': 'ما ستتلقاه الجهة',
  'notice-not-asked': 'لن تتلقاها الجهة',
  'notice-again': 'يُعاد إشعارك',
  'notice-rights': 'حقوقك',
  'notice-rights-text': 'تصحيح بيان خاطئ لدى مصدره، أو الاعتراض لدى الجهة.',
  'notice-leave': 'العودة دون متابعة',
  'notice-note': 'عند العودة لا تُرسل بياناتك الآن.',
} as const;

const account = {
  'account-title': 'صفحتي',
  'account-heading': 'أهلًا، {$name}',
  'account-last-sign-in': 'آخر دخول قبل هذا: {#date /}.',
  'account-services': 'خدماتك',
  'account-service-count': `.input {$count :integer}
.match $count
one {{خدمة واحدة}}
two {{خدمتان}}
few {{{$count} خدمات}}
* {{{$count} خدمة}}`,
  'account-no-services': 'ستظهر هنا كل خدمة تشاركها شيئًا من بياناتك، بعد أول دخول إليها.',
  'account-last-used': 'آخر استخدام {#date /}',
  'account-shares': 'تُشارَك',
  'account-shared': 'كانت تُشارَك',
  'account-decided': 'القرار في {#date /}',
  'account-notified': 'الإشعار في {#date /}',
  'account-ends': 'تنتهي في {#date /}',
  'account-receipts': 'الإيصالات',
  receipt: 'إيصال {#code}{$number}{/code}',
  'receipt-label': 'الإيصال',
  withdraw: 'سحب الموافقة',
  'account-activity': 'آخر النشاط',
  'account-passkeys': 'مفاتيح المرور',
  'account-manage-passkeys': 'إدارة مفاتيح المرور',
  'state-given': 'سارية',
  'state-notified': 'بحكم القانون',
  'state-ends-soon': 'تنتهي قريبًا',
  'state-paused': 'موقوفة مؤقتًا',
  'state-withdrawn': 'مسحوبة',
  'state-expired': 'منتهية',
  'state-refused': 'مرفوضة',
  'state-revoked': 'ملغاة',
  'activity-released': `.input {$count :integer}
.match $count
zero {{لم تصل بيانات إلى {$agency}}}
one {{وصل بيان واحد إلى {$agency}}}
two {{وصل بيانان إلى {$agency}}}
few {{وصلت {$count} بيانات إلى {$agency}}}
many {{وصل {$count} بيانًا إلى {$agency}}}
* {{وصل {$count} بيان إلى {$agency}}}`,
  'activity-given': 'أعطيت موافقتك لخدمة {$service}',
  'activity-notified': 'عُرض عليك إشعار خدمة {$service}',
  'activity-refused': 'رفضت طلب خدمة {$service}',
  'activity-withdrawn': 'سحبت موافقتك من خدمة {$service}',
  'activity-signed-in': 'دخلت إلى خدمة {$service}',
  'service-title': 'ما تشاركه مع خدمة {#whole}{$service}{/whole}',
  'service-sees': 'ما تراه الخدمة',
  'service-attribute-required': 'لازم',
  'service-attribute-optional': 'باختيارك',
  'service-attribute-source': 'من {$source}',
  'service-attribute-sensitive': 'بيان حسّاس',
  'decision-granted': 'تُشارَك',
  'decision-notified': 'بحكم القانون',
  'decision-declined': 'لا تُشارَك',
  'decision-unavailable': 'غير مسجَّل لدينا',
  'decision-stopped': 'توقفت',
  'service-control': 'التحكم في الموافقة',
  'withdraw-text': 'تتوقف المشاركة فورًا. ما وصل إلى الجهة من قبل يبقى لديها في حدود مدة الحفظ.',
  'service-history': 'سجل هذه المشاركة',
  'withdrawn-title': 'سُحبت الموافقة: {$purpose}',
  'withdrawn-stopped': 'توقفت المشاركة في {#date /}.',
  'withdrawn-next': 'ما يجري الآن',
  'withdrawn-next-1': 'لا تتلقى الخدمة شيئًا من بياناتك بعد هذه اللحظة.',
  'withdrawn-next-2': 'ما وصل إلى الجهة من قبل يبقى لديها في حدود مدة الحفظ، ويمكنك أن تطلب محوه منها.',
  'withdrawn-next-3': 'عند دخولك التالي إلى الخدمة يُعرض عليك الطلب من جديد، والقرار لك.',
} as const;

const signOut = {
  'sign-out-title': 'الخروج من كل الخدمات، أم من هذه فقط؟',
  'sign-out-title-own': 'الخروج من كل الخدمات، أم من صفحتك فقط؟',
  'sign-out-asked-by': 'وصل طلب الخروج من هذه الخدمة.',
  'sign-out-open': 'دخولك مفتوح الآن في',
  'sign-out-everywhere': 'الخروج من كل الخدمات',
  'sign-out-everywhere-text': 'ينتهي دخولك هنا وفي كل خدمة مذكورة أعلاه. ويلزم مفتاح المرور للدخول التالي.',
  'sign-out-here': 'الخروج من هذه الخدمة فقط',
  'sign-out-here-own': 'الخروج من صفحتي فقط',
  'sign-out-here-text': 'يبقى دخولك في الخدمات الأخرى مفتوحًا على هذا الجهاز.',
  'sign-out-shared': 'على جهاز يستخدمه غيرك، الأفضل هو الخروج من كل الخدمات.',
  'signed-out-everywhere': 'اكتمل الخروج من كل الخدمات',
  'signed-out-everywhere-text': 'لا دخول مفتوح باسمك على هذا المتصفح. يلزم مفتاح المرور للدخول التالي.',
  'signed-out-here': 'اكتمل الخروج من {$service}',
  'signed-out-here-own': 'اكتمل الخروج من صفحتك',
  'signed-out-here-text': 'بقي دخولك في الخدمات الأخرى مفتوحًا على هذا الجهاز.',
  'signed-out-home': 'الصفحة الأولى',
} as const;

export const arSharing = { ...consent, ...account, ...signOut } as const;
