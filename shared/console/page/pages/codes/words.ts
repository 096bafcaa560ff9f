import { wordsOf } from '../../words.ts';

/** The words of the page of codes. */
export const w = wordsOf({
  about: [
    '带场景值的二维码：扫码关注后，账号会知道来自哪张海报、哪家门店。图片可直接打印。',
    'QR codes with a scene: whoever follows by one tells the account from which poster or shop. The pictures are ready to print.',
  ],
  none: ['还没有二维码', 'No codes yet'],
  noneAbout: [
    '为每个投放位置创建一个，之后在这里比较效果。',
    'Make one for each place, and compare here how they do.',
  ],
  scene: ['场景值', 'Scene'],
  sceneHint: ['如 shop-12，最多 64 个字符', 'such as shop-12, up to 64 characters'],
  note: ['备注', 'Note'],
  noteHint: ['如 南京路店海报', 'such as: poster, Nanjing Road'],
  permanent: ['永久有效', 'Permanent'],
  permanentHint: ['每个账号最多 10 万个', '100 000 for an account at most'],
  daysLong: ['有效天数', 'Days'],
  create: ['创建二维码', 'Make a code'],
  created: ['已创建', 'Made'],
  ends: ['有效期至', 'Until'],
  forever: ['永久', 'for ever'],
  code: ['二维码', 'Code'],
  codeOf: ['{scene} 的二维码', 'The code of {scene}'],
  followers: ['带来的关注者', 'Followers by it'],
  download: ['下载', 'Download'],
  results: ['投放效果', 'Results'],
  resultsAbout: [
    '扫码含已关注的人和扫码后新关注的人，同一人多次扫码计多次；仅统计在这里创建的码，最多保留 90 天，按北京时间分日。其他码只有新关注，且只算仍在关注的人。',
    'Scans are those of followers and of people who began to follow by them; whoever scans twice counts twice. They are counted for codes that were made here, by days in Beijing, and kept for 90 days. Of other codes there are new followers alone, those who still follow.',
  ],
  period: ['时间范围', 'Period'],
  lastDays: ['近 {days} 天', 'last {days} days'],
  scans: ['扫码', 'Scans'],
  follows: ['新关注', 'New followers'],
  stay: ['仍在关注', 'Still follow'],
  left: ['另有 {left} 个场景值，效果更低，未列出。', '{left} more scenes brought fewer.'],
  byDayOf: ['逐日查看', 'Day by day'],
  allCodes: ['全部二维码', 'All codes'],
  day: ['日期', 'Day'],
} as const);
