// Words about limits in English.

export const enLimits = {
  'error-limit-reached-title': 'Too many tries for now',
  'error-limit-reached-meaning':
    'Many tries came from this connection, or for this account, and were not completed. To protect everybody we are stopping more of them for a short time. None of your details were shared and nothing has changed.',
  'error-limit-reached-next': 'Wait a few minutes and try again. This ends by itself; you do not need to ask for anything.',
};
