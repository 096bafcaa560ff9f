/**
 * Fields that hold a 64-bit id wherever they stand in an answer. WeChat writes them as numbers or as
 * strings, as it likes; for us they are always digits in a string, which a JavaScript number is not
 * wide enough to replace.
 */
export const idFields: ReadonlySet<string> = new Set([
  'msg_id',
  'msgid',
  'msg_data_id',
  'publish_id',
  'menuid',
  'user_comment_id',
]);
