// Anomalies at the auditor's desk, in Arabic.

export const arAnomalies = {
  'audit-place-anomalies': 'الشذوذ',
  'anomaly-title': 'ما يشذّ في السجل',
  'anomaly-lead': 'ما يُظهره السجل من نفسه. تذكر كل ملاحظة قاعدتها وأرقامها وتقود إلى القيود. وهي داعٍ إلى النظر لا حكم.',
  'anomaly-never': 'لا يجوز أن يحدث أبدًا',
  'anomaly-look': 'يستحق النظر',
  'anomaly-none': 'لا شيء',
  'anomaly-count': `.input {$count :integer}
.match $count
zero {{لا ملاحظات}}
one {{ملاحظة واحدة}}
two {{ملاحظتان}}
few {{{$count} ملاحظات}}
many {{{$count} ملاحظة}}
* {{{$count} ملاحظة}}`,
  'anomaly-days': `.input {$days :integer}
.match $days
zero {{{$days} يوم}}
one {{يوم واحد}}
two {{يومان}}
few {{{$days} أيام}}
many {{{$days} يومًا}}
* {{{$days} يوم}}`,
  'anomaly-size': 'عدد القيود في السجل:',
  'anomaly-service': 'الخدمة',
  'anomaly-purpose': 'الغرض',
  'anomaly-officer': 'الموظف',
  'anomaly-first': 'الأول',
  'anomaly-last': 'الأخير',
  'anomaly-entries': 'القيود',
  'anomaly-question': 'المتابعة بالسؤال المحفوظ',
  'anomaly-no-record': 'مشاركة بلا سند',
  'anomaly-no-record-rule': 'خرجت بيانات دون قرار من صاحبها لتلك الخدمة وذلك الغرض.',
  'anomaly-no-record-found': 'مشاركات بلا سند: {$count}',
  'anomaly-after-withdrawal': 'مشاركة بعد السحب',
  'anomaly-after-withdrawal-rule': 'خرجت بيانات بموجب موافقة سبق أن سحبها صاحبها.',
  'anomaly-after-withdrawal-found': 'مشاركات بعد السحب: {$count}',
  'anomaly-after-expiry': 'مشاركة بعد الانتهاء',
  'anomaly-after-expiry-rule': 'خرجت بيانات بموجب سند انتهت مدته أو أُنهي.',
  'anomaly-after-expiry-found': 'مشاركات بعد الانتهاء: {$count}',
  'anomaly-paused': 'مشاركة أثناء الإيقاف المؤقت',
  'anomaly-paused-rule': 'خرجت بيانات بموجب موافقة أوقفها صاحبها مؤقتًا.',
  'anomaly-paused-found': 'مشاركات أثناء الإيقاف المؤقت: {$count}',
  'anomaly-outside-purpose': 'مشاركة خارج الغرض',
  'anomaly-outside-purpose-rule': 'خرج بيان لا يذكره الغرض المعتمد، أو خرج بإصدار من الغرض لم يسجله أحد.',
  'anomaly-outside-purpose-found': 'مشاركات خارج الغرض: {$count}',
  'anomaly-beyond-consent': 'مشاركة فوق ما أُجيز',
  'anomaly-beyond-consent-rule': 'خرج بيان لم يوافق صاحبه على مشاركته.',
  'anomaly-beyond-consent-found': 'مشاركات فوق ما أُجيز: {$count}',
  'anomaly-below-level': 'دخول دون المستوى',
  'anomaly-below-level-rule': 'كان الدخول إلى خدمة أضعف من المستوى المسجّل لها.',
  'anomaly-below-level-found': 'مرات الدخول دون المستوى: {$count}',
  'anomaly-after-death': 'أفعال باسم متوفين',
  'anomaly-after-death-rule': 'تصرّف أحدهم باسم شخص أبلغ السجل المدني بوفاته.',
  'anomaly-after-death-found': 'أفعال باسم متوفين: {$count}',
  'anomaly-widened-unannounced': 'غرض اتسع دون اعتماد',
  'anomaly-widened-unannounced-rule': 'صار الغرض يذكر بيانات أكثر، ولم يعتمد أحد ذلك الإصدار.',
  'anomaly-widened-unannounced-found': 'الإصدار {$version}: بيانات أُضيفت {$added}، ومشاركات دون موافقة {$releases}',
  'anomaly-repeated-ceremony': 'استعمال واحد لمفتاح مرور في أكثر من دخول',
  'anomaly-repeated-ceremony-rule': 'في قيدي دخول أو أكثر استعمالٌ واحد بعينه لمفتاح مرور. ويُلحق به ما تقرر خلال {$minutes} دقيقة.',
  'anomaly-repeated-ceremony-found': 'الأشخاص {$people}، ومرات الدخول {$signIns}، والقرارات {$decisions}',
  'anomaly-hasty': 'قرار أسرع من القراءة',
  'anomaly-hasty-rule': 'وافق الشخص في وقت أقصر من قراءة النص، أو في أقل من ثانية واحدة.',
  'anomaly-hasty-found': 'قرارات أسرع من القراءة: {$count}',
  'anomaly-refusals-after-text': 'زيادة الرفض بعد نص جديد',
  'anomaly-refusals-after-text-rule':
    'زادت نسبة الرفض في أول {$days} يومًا {$rise} نقطة أو أكثر، وبما لا يقل عن {$deviations} أخطاء معيارية. ويلزم لكل نص {$answers} جوابًا.',
  'anomaly-refusals-after-text-found':
    'الإصدار {$version}: رفض {$percent} من كل 100، وكانوا {$percentBefore} من كل 100. عدد الأجوبة {$answers}',
  'anomaly-overdue-answers': 'أجوبة متأخرة',
  'anomaly-overdue-answers-rule': 'فات اليوم الذي كان على خدمة أن تجيب شخصًا فيه.',
  'anomaly-overdue-answers-found': 'أجوبة متأخرة: {$count}',
  'anomaly-unused-approval': 'اعتماد لم يُستعمل',
  'anomaly-unused-approval-rule': 'اعتُمد بيان قبل {$days} يومًا أو أكثر ولم يخرج قط. ويمكن التخلي عنه.',
  'anomaly-unused-approval-found': 'لم يُستعمل: {$unused} من {$approved} بيانات معتمدة',
  'anomaly-counter-burst': 'كثيرون عند موظف واحد',
  'anomaly-counter-burst-rule': 'خدم موظف واحد {$people} شخصًا أو أكثر خلال {$minutes} دقيقة.',
  'anomaly-counter-burst-found': 'عدد من خُدموا في دفعة واحدة: {$people}',
  'anomaly-night-approval': 'اعتماد في الليل',
  'anomaly-night-approval-rule': 'اعتمد موظف أمرًا أو ردّه أو غيّره بين الساعة {$from} والساعة {$to}.',
  'anomaly-night-approval-found': 'أفعال في الليل: {$count}',
  'anomaly-curious-auditor': 'شخص واحد فُتحت قيوده مرارًا',
  'anomaly-curious-auditor-rule': 'نظر مدقق في أمر شخص واحد {$entries} مرة أو أكثر خلال {$days} يومًا.',
  'anomaly-curious-auditor-found': 'عدد مرات النظر في أمر شخص واحد: {$count}',
  'anomaly-clock-back': 'ساعة متأخرة',
  'anomaly-clock-back-rule': 'قيد يحمل وقتًا أسبق من وقت قيد جاء قبله بقليل، والفرق {$minutes} دقائق على الأقل.',
  'anomaly-clock-back-found': 'قيود من ساعة متأخرة: {$count}',
} as const;
