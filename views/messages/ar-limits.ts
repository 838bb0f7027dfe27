// Words about limits in Arabic.

export const arLimits = {
  'error-limit-reached-title': 'محاولات كثيرة في وقت قصير',
  'error-limit-reached-meaning':
    'جاءت من هذا الاتصال، أو لهذا الحساب، محاولات كثيرة لم تكتمل، فأوقفنا المزيد منها مدة قصيرة حمايةً للجميع. لم يُشارَك شيء من بياناتك، ولم يتغيّر شيء.',
  'error-limit-reached-next': 'الانتظار بضع دقائق ثم المحاولة من جديد. يزول هذا وحده، ولا حاجة إلى أي طلب.',
};
