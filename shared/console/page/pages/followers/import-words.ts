import { wordsOf } from '../../words.ts';

/** The words of the import. */
export const i = wordsOf({
  about: [
    '把业务系统里的客户资料补充给关注者：CSV 文件，第一行是列名，其中一列是 openid。文件在浏览器里读取和检查，只有对应好的列会发送。再导入一次不会重复。',
    'Adds what your business knows to the followers: a CSV file whose first line names the columns, one of them the openid. The browser reads and checks it; only the columns that you assign are sent. Importing twice does no harm.',
  ],
  file: ['CSV 文件', 'CSV file'],
  fileHint: ['UTF-8 或 GBK，最多 {rows} 行', 'UTF-8 or GBK, up to {rows} rows'],
  isWorkbook: [
    '这是 Excel 工作簿，不是 CSV。请在 Excel 中「另存为」→「CSV UTF-8（逗号分隔）」后再选。',
    'This is an Excel workbook and no CSV. Save it in Excel as "CSV UTF-8 (comma delimited)", and choose that file.',
  ],
  isBinary: [
    '读不出文字：文件不是 UTF-8 或 GBK 编码的 CSV。',
    'It cannot be read as text: it is no CSV in UTF-8 or GBK.',
  ],
  isEmpty: [
    '只有列名或是空文件，没有可导入的行。',
    'It is empty, or has a line of headings and no rows.',
  ],
  tooManyRows: [
    '超过 {rows} 行，请拆成几个文件。',
    'It has more than {rows} rows: divide it into several files.',
  ],
  isBroken: [
    '第 {line} 行附近的引号不成对，无法继续读取。',
    'The quotation marks near line {line} do not match, so that the rest cannot be read.',
  ],
  read: ['{name}：{rows} 行，{encoding} 编码', '{name}: {rows} rows, in {encoding}'],

  column: ['文件中的列', 'Column of the file'],
  holds: ['前几行的内容', 'What its first rows hold'],
  becomes: ['导入为', 'Becomes'],
  becomesOf: ['「{heading}」导入为', '"{heading}" becomes'],
  check: ['检查', 'Check'],
  noHeading: ['（第 {number} 列，无列名）', '(column {number}, without a heading)'],
  leaveOut: ['不导入', 'leave it out'],
  custom: ['自定义字段', 'a field of our own'],
  openid: ['openid', 'openid'],
  sex: ['性别', 'sex'],
  country: ['国家', 'country'],
  province: ['省份', 'province'],
  city: ['城市', 'city'],
  language: ['语言', 'language'],
  fits: ['{count} 行都可以', 'all {count} rows fit'],
  empty: ['整列为空', 'holds nothing'],
  wrongColumn: [
    '{bad}/{filled} 行不符合，多半是对应错了列：第 {row} 行是「{value}」，而{expected}',
    '{bad} of {filled} rows do not fit, so it is probably another column: row {row} holds "{value}", but {expected}',
  ],
  wrongRows: [
    '{bad}/{filled} 行不符合，这些行会被跳过：第 {row} 行是「{value}」，而{expected}',
    '{bad} of {filled} rows do not fit and are left out: row {row} holds "{value}", but {expected}',
  ],
  expectsOpenid: [
    ' openid 应为 6–64 位字母、数字、- 或 _，通常以 o 开头、共 28 位。',
    'an openid has 6 to 64 letters, digits, - or _; most begin with o and have 28.',
  ],
  expectsSex: [
    '性别应为 男、女、未知，或 1、2、0，或 male、female、unknown。',
    'a sex is male, female or unknown; 1, 2 or 0; 男, 女 or 未知.',
  ],
  expectsText: [
    '内容最多 {max} 个字符，且不能有乱码。',
    'a field has up to {max} characters, all of them readable.',
  ],
  noOpenid: [
    '还没有一列对应到 openid，无法知道每行是谁。请在上面选出那一列；openid 形如 o6_bmjrPTlm6_2sgVt7hMZOPfL2M。手机号、昵称不能代替。',
    'No column is assigned to the openid, so nobody knows whom a row is about. Choose it above: an openid looks like o6_bmjrPTlm6_2sgVt7hMZOPfL2M. A telephone number or a name does not do.',
  ],
  twice: [
    '有两列都对应到「{field}」，请只留一列。',
    'Two columns are assigned to "{field}": leave one of them.',
  ],
  tooManyCustom: [
    '自定义字段最多 {max} 个，现在有 {count} 个。',
    'There can be {max} fields of our own at most; {count} are assigned.',
  ],
  badName: [
    '自定义字段的列需要列名，且不能叫「{name}」。',
    'A column that becomes a field of our own needs a heading, and it cannot be "{name}".',
  ],
  nothing: [
    '除 openid 外还没有对应任何列，没有可导入的内容。',
    'Besides the openid no column is assigned: there is nothing to import.',
  ],
  start: ['导入 {rows} 行', 'Import {rows} rows'],
  goOn: ['从第 {row} 行继续', 'Go on from row {row}'],
  another: ['换一个文件', 'Another file'],
  progress: ['已发送', 'Sent'],
  stopped: [
    '停在第 {row} 行，之前的行已导入：\n{message}',
    'It stopped at row {row}; the rows before are imported:\n{message}',
  ],
  result: ['结果', 'Result'],
  updated: ['更新了 {count} 位关注者', '{count} followers were updated'],
  unknown: [
    '{count} 行的 openid 不在关注者名单中（没有关注或已取消），没有保存任何内容',
    '{count} rows are of people who do not follow; nothing of them is kept',
  ],
  refused: ['跳过了 {count} 行', 'Rows left out: {count}'],
  willRefuse: ['将跳过 {count} 行', 'Rows that will be left out: {count}'],
  row: ['行', 'Row'],
  reason: ['原因', 'Reason'],
  noOpenidInRow: ['没有 openid', 'no openid'],
  tooManyCells: ['单元格比列名多', 'more cells than headings'],
  doesNotFit: ['「{heading}」是「{value}」', '"{heading}" holds "{value}"'],
  moreRefused: ['还有 {count} 行', 'and {count} more'],
} as const);
