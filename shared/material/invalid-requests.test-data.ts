import { amr, amrWide, gif, inBase64, jpg, mp3, mp4, png, wav, wma } from './samples.test-data.ts';

/** A request that WeChat refuses, for one reason each, and what we say before it can. */
export type InvalidRequest = readonly [
  rule: string,
  action: string,
  payload: unknown,
  message: string,
];

const MB = 1024 * 1024;
const text = Buffer.from('only words');

const upload = (type: string, bytes: Buffer) => ({ type, file: inBase64(bytes) });
const fromUrl = (url: string) => ({ type: 'image', file: { url } });
const stored = (fileId: string) => ({ type: 'image', file: { fileId } });

/** Files that the tests put into the storage, since a function's event cannot be that large. */
export const storedFiles: Readonly<Record<string, () => Buffer>> = {
  'picture-10mb': () => jpg(10 * MB),
  'picture-over-10mb': () => jpg(10 * MB + 1),
  'video-over-10mb': () => mp4(10 * MB + 1),
};

/** The first bytes of files that phones and browsers make, and that WeChat takes nowhere. */
const foreignFiles = [
  ['WEBP', 'RIFF\x1a\0\0\0WEBPVP8 '],
  ['HEIC', '\0\0\0\x24ftypheic\0\0\0\0'],
  ['HEIC', '\0\0\0\x24ftypmif1\0\0\0\0heic'],
  ['AVIF', '\0\0\0\x20ftypavif\0\0\0\0'],
  ['TIFF', 'II*\0\x08\0\0\0'],
  ['TIFF', 'MM\0*\0\0\0\x08'],
  ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">'],
  ['PDF', '%PDF-1.7\n'],
  ['QuickTime', '\0\0\0\x14ftypqt  \0\0\0\0'],
  ['QuickTime', '\0\0\0\x08wide\0\0\0\0mdat'],
  ['WebM', '\x1a\x45\xdf\xa3\x9f\x42\x86\x81'],
  ['AVI', 'RIFF\0\0\0\0AVI LIST'],
  ['M4A', '\0\0\0\x1cftypM4A \0\0\0\0'],
  ['AAC', '\xff\xf1\x50\x80'],
  ['OGG', 'OggS\0\x02'],
  ['FLAC', 'fLaC\0\0\0\x22'],
] as const;
const film = {
  ...upload('video', Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1')),
  title: 'Film',
  introduction: '',
};
const memo = upload('voice', Buffer.from('\0\0\0\x1cftypM4A \0\0\0\0', 'latin1'));

const files: readonly InvalidRequest[] = [
  [
    'no type',
    'uploadMedia',
    { file: inBase64(jpg()) },
    'type is missing; it must be one of image, voice, video, thumb',
  ],
  ['an unknown type', 'uploadMedia', upload('news', jpg()), 'type must be one of image, voice'],
  [
    'no file',
    'uploadMedia',
    { type: 'image' },
    'file is missing; it must be one of {base64, name}',
  ],
  ['a file that is a text', 'uploadMedia', { type: 'image', file: 'x' }, 'file must be one of {b'],
  [
    'two sources at once',
    'uploadMedia',
    { type: 'image', file: { ...inBase64(jpg()), url: 'https://example.com/a.jpg' } },
    'file.url is not known here',
  ],
  [
    'base64 without a name',
    'uploadMedia',
    { type: 'image', file: { base64: 'AAAA' } },
    'file.name is missing',
  ],
  [
    'a text that is not base64',
    'uploadMedia',
    { type: 'image', file: { base64: 'data:image/png;base64,AAAA', name: 'a.png' } },
    'file.base64 must be base64',
  ],
  [
    'an empty file',
    'uploadMedia',
    { type: 'image', file: { base64: '', name: 'a.png' } },
    'file.base64 is empty',
  ],
  [
    'no picture',
    'uploadMedia',
    upload('image', text),
    'no known format by its first bytes, WeChat',
  ],
  [
    'a voice as a picture',
    'uploadMedia',
    upload('image', amr()),
    'file is AMR, WeChat takes PNG, ',
  ],
  ...foreignFiles.map(
    ([name, head]): InvalidRequest => [
      `${name} as a picture`,
      'add',
      upload('image', Buffer.from(head, 'latin1')),
      `file is ${name}, WeChat takes BMP, PNG, JPG, GIF for`,
    ],
  ),
  ['a film of an iPhone', 'add', film, 'file is QuickTime, WeChat takes MP4 for'],
  ['a voice memo', 'uploadMedia', memo, 'file is M4A, WeChat takes AMR, MP3 for'],
  ['a picture as a voice', 'uploadMedia', upload('voice', jpg()), 'is JPG, WeChat takes AMR, MP3'],
  ['WAV as media', 'uploadMedia', upload('voice', wav()), 'file is WAV, WeChat takes AMR, MP3 for'],
  ['a picture as a video', 'uploadMedia', upload('video', jpg()), 'file is JPG, WeChat takes MP4'],
  ['PNG as a thumb', 'uploadMedia', upload('thumb', png()), 'file is PNG, WeChat takes JPG for te'],
  ['a thumb too large', 'uploadMedia', upload('thumb', jpg(65_537)), 'has more than 65536 bytes'],
  ['a voice too large', 'uploadMedia', upload('voice', mp3(135)), 'has more than 2097152 bytes'],
  [
    'AMR too long',
    'uploadMedia',
    upload('voice', amr(61)),
    'file plays for 61.0 s, WeChat takes 60 s',
  ],
  ['AMR-WB too long', 'uploadMedia', upload('voice', amrWide(62)), 'plays for 62.0 s'],
  ['MP3 too long', 'uploadMedia', upload('voice', mp3(63)), 'plays for 63.0 s, WeChat takes 60 s'],
  ['WAV too long', 'add', upload('voice', wav(64)), 'plays for 64.0 s, WeChat takes 60 s'],
  ['WMA too long', 'add', upload('voice', wma(65)), 'plays for 65.0 s, WeChat takes 60 s'],
  ['a picture too large', 'add', stored('picture-over-10mb'), 'has more than 10485760 bytes'],
  [
    'a video too large',
    'uploadMedia',
    { type: 'video', file: { fileId: 'video-over-10mb' } },
    'file has more than 10485760 bytes, which is what WeChat takes for temporary media of type vide',
  ],
  ['GIF in an article', 'uploadImage', { file: inBase64(gif()) }, 'file is GIF, WeChat takes JPG,'],
  [
    'a picture of 1 MB in an article',
    'uploadImage',
    { file: inBase64(jpg(MB)) },
    'file has more than 1048575 bytes',
  ],
  ['a video without a title', 'add', upload('video', mp4()), 'title is missing'],
  [
    'a title for a picture',
    'add',
    { ...upload('image', jpg()), title: 'A' },
    'title is not known here',
  ],
  ['an address of no site', 'add', fromUrl('file:///etc/passwd'), 'file.url must be a whole http'],
  [
    'this host',
    'add',
    fromUrl('http://127.0.0.1/a.jpg'),
    'file.url leads to an address that is no',
  ],
  [
    'this host as a number',
    'add',
    fromUrl('http://2130706433/'),
    'file.url leads to an address th',
  ],
  ['this host in IPv6', 'add', fromUrl('http://[::1]/a.jpg'), 'file.url leads to an address that'],
  [
    'the metadata',
    'add',
    fromUrl('http://169.254.0.23/latest'),
    'file.url leads to an address tha',
  ],
  ['a name inside', 'add', fromUrl('https://inside.test/'), 'file.url leads to an address that is'],
  ['a password', 'add', fromUrl('https://u:p@example.com/'), 'file.url must hold no name and pass'],
  ['no media_id', 'getMedia', {}, 'media_id is missing'],
  ['an empty media_id', 'get', { media_id: '' }, 'media_id is empty'],
  [
    'a media_id too long',
    'delete',
    { media_id: 'm'.repeat(129) },
    'has 129 bytes, WeChat takes 128',
  ],
  ['an unknown list', 'list', { type: 'thumb' }, 'type must be one of image, voice, video, news'],
  ['a list of nothing', 'list', { type: 'image', limit: 0 }, 'limit must be a whole number from 1'],
  [
    'a list too long',
    'list',
    { type: 'image', limit: 101 },
    'must be a whole number from 1 to 100',
  ],
  [
    'a made-up cursor',
    'list',
    { type: 'image', cursor: 'x' },
    'cursor is not one that a list has r',
  ],
];

const article = { title: 'Title', content: '<p>Text</p>', thumb_media_id: 'COVER' };
const picture = {
  article_type: 'newspic',
  title: 'Title',
  content: 'Text',
  image_info: { image_list: [{ image_media_id: 'A' }] },
};
const draft = (fields: object, base: object = article) => ({ articles: [{ ...base, ...fields }] });
const crops = (fields: object) =>
  draft(
    {
      cover_info: {
        crop_percent_list: [{ ratio: '1_1', x1: '0', y1: '0', x2: '1', y2: '1', ...fields }],
      },
    },
    picture,
  );

const drafts: readonly InvalidRequest[] = (
  [
    ['no articles', {}, 'articles is missing'],
    ['articles that are one', { articles: article }, 'articles must be a list'],
    ['no article', { articles: [] }, 'articles has 0 items, WeChat takes 1 to 8'],
    ['nine articles', { articles: Array(9).fill(article) }, 'has 9 items, WeChat takes 1 to 8'],
    ['an article that is none', { articles: [1] }, 'articles[0] must be an object'],
    [
      'an unknown kind',
      draft({ article_type: 'video' }),
      'article_type must be "news" or "newspic"',
    ],
    ['no title', draft({ title: undefined }), 'articles[0].title must be a text'],
    ['an empty title', draft({ title: '' }), 'articles[0].title is empty'],
    [
      'a title too long',
      { articles: [article, { ...article, title: '题'.repeat(65) }] },
      `articles[1] "${'题'.repeat(24)}…": title has 65 characters, WeChat takes 64`,
    ],
    [
      'an author too long',
      draft({ author: '人'.repeat(17) }),
      'has 17 characters, WeChat takes 16',
    ],
    [
      'a digest too long',
      draft({ digest: 'd'.repeat(129) }),
      'has 129 characters, WeChat takes 128',
    ],
    ['no content', draft({ content: '' }), '"Title": content is empty'],
    [
      'content too long',
      draft({ content: 'c'.repeat(20_000) }),
      '"Title": content has 20000 characters, WeChat takes 19999',
    ],
    [
      'a source address too long',
      draft({ content_source_url: `https://example.com/${'u'.repeat(1005)}` }),
      'content_source_url has 1025 bytes, WeChat takes 1024',
    ],
    [
      'a source that is no address',
      draft({ content_source_url: 'example' }),
      'content_source_url must be a whole http://',
    ],
    [
      'no cover',
      { articles: [{ title: 'Title', content: 'Text' }] },
      '"Title": thumb_media_id is missing',
    ],
    ['a comment switch that is true', draft({ need_open_comment: true }), 'must be 0 or 1'],
    ['another switch of 2', draft({ only_fans_can_comment: 2 }), 'must be 0 or 1'],
    ['a crop that is none', draft({ pic_crop_1_1: '0_0_1' }), 'pic_crop_1_1 must be "X1_Y1_X2_Y2"'],
    ['a crop outside', draft({ pic_crop_235_1: '0_0_1.5_1' }), 'each from 0 to 1'],
    ['a crop turned round', draft({ pic_crop_1_1: '0.5_0_0.1_1' }), 'X1 < X2 and Y1 < Y2'],
    ['seven decimals', draft({ pic_crop_1_1: '0.1234567_0_1_1' }), 'with at most 6 decimals'],
    ['no product key', draft({ product_info: {} }), 'product_info.footer_product_info is missing'],
    ['an unknown field', draft({ cover: 1 }), 'cover is not known here'],
    ['pictures without any', draft({ image_info: undefined }, picture), 'image_info is missing'],
    [
      'pictures of none',
      draft({ image_info: { image_list: [] } }, picture),
      'image_info.image_list has 0 items, WeChat takes 1 to 20',
    ],
    [
      '21 pictures',
      draft({ image_info: { image_list: Array(21).fill({ image_media_id: 'A' }) } }, picture),
      'image_info.image_list has 21 items, WeChat takes 1 to 20',
    ],
    ['an unknown ratio', crops({ ratio: '4_3' }), 'ratio must be "1_1", "16_9" or "2.35_1"'],
    ['a crop that is a number', crops({ x1: 0 }), 'x1 must be a text'],
    ['a crop above 1', crops({ x2: '1.1' }), 'x2 must be from 0 to 1'],
  ] as const
).map(([rule, payload, message]) => [`${rule} in a draft`, 'addDraft', payload, message]);

const rest: readonly InvalidRequest[] = [
  [
    'an update without an index',
    'updateDraft',
    { media_id: 'D', articles: article },
    'index is missing; it must be a whole number from 0 to 7',
  ],
  [
    'an update counted from below',
    'updateDraft',
    { media_id: 'D', index: -1, articles: article },
    'index must be a whole number from 0 to 7',
  ],
  [
    'an update by a list',
    'updateDraft',
    { media_id: 'D', index: 0, articles: [article] },
    'must be one article, not a list',
  ],
  [
    'an update with a title too long',
    'updateDraft',
    { media_id: 'D', index: 0, articles: { ...article, title: 't'.repeat(65) } },
    'title has 65 characters, WeChat takes 64',
  ],
  ['a publication by a name', 'publishStatus', { publish_id: 'x' }, 'publish_id must be digits'],
  ['a deletion of nothing', 'deletePublished', {}, 'article_id is missing'],
  [
    'a deletion of half an article',
    'deletePublished',
    { article_id: 'A', index: 0.5 },
    'index must be a whole number from 0 to 8',
  ],
];

export const invalidRequests: readonly InvalidRequest[] = [...files, ...drafts, ...rest];
