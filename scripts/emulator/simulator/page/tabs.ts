/** The views beside the phone. */
export const panels = [
  'traffic',
  'functions',
  'token',
  'store',
  'sessions',
  'jobs',
  'wechat',
  'invoke',
  'model',
  'faults',
  'clock',
] as const;
/** On a small window the chat is one of the tabs. */
export const tabs = ['chat', ...panels] as const;
