/** A submission that breaks one rule, and what it is told. */
export type InvalidSubmission = readonly [rule: string, change: object, message: string];

const text = (content: unknown) => ({ content: { msgtype: 'text', text: { content } } });
const audience = (value: unknown) => ({ audience: value });
const filter = (value: unknown) => audience({ filter: value });
const content = (value: unknown) => ({ content: value });
const images = (value: object) => content({ msgtype: 'image', images: value });

const submissions: readonly InvalidSubmission[] = [
  [
    'no requestId',
    { requestId: undefined },
    'requestId is missing; it must be a text: your own name',
  ],
  ['an empty requestId', { requestId: '' }, 'requestId must have 1 to 64 letters'],
  ['a requestId too long', { requestId: 'r'.repeat(65) }, 'requestId must have 1 to 64 letters'],
  ['a requestId with blanks', { requestId: 'spring sale' }, 'requestId must have 1 to 64 letters'],
  ['a requestId that is a number', { requestId: 7 }, 'requestId must be a text: your own name'],
  ['an unknown field', { Audience: {} }, 'Audience is not known here'],

  ['no audience', { audience: undefined }, 'audience is missing; it must be one of {"all": true}'],
  ['an empty audience', audience({}), 'audience must be one of {"all": true}'],
  ['an audience that is a text', audience('all'), 'audience must be one of {"all": true}'],
  ['an audience of null', audience(null), 'audience must be one of {"all": true}'],
  ['two audiences', audience({ all: true, tagId: 100 }), 'audience says all and tagId; it must be'],
  [
    'a tag beside a filter',
    audience({ tagId: 100, filter: { sex: 'male' } }),
    'says tagId and filter',
  ],
  ['all that is false', audience({ all: false }), 'audience.all must be true'],
  ['all that is a text', audience({ all: 'true' }), 'audience.all must be true'],
  ['more beside all', audience({ all: true, limit: 10 }), 'audience.limit is not known here'],
  [
    'a tag that is a text',
    audience({ tagId: '100' }),
    'audience.tagId must be the number of a tag',
  ],
  ['a tag of 0', audience({ tagId: 0 }), 'audience.tagId must be a tag of yours'],
  ['half a tag', audience({ tagId: 100.5 }), 'audience.tagId must be a whole number'],
  ['openids that are one', audience({ openids: 'oAlice' }), 'must be a list of openids'],
  ['no openids', audience({ openids: [] }), 'audience.openids names nobody'],
  ['an openid that is none', audience({ openids: ['oAlice', 'a b'] }), 'openids[1] is no openid'],
  ['an openid that is a number', audience({ openids: [1] }), 'audience.openids[0] must be a text'],
  [
    'too many openids',
    audience({ openids: Array.from({ length: 10_001 }, (_, n) => `oNumber${n}`) }),
    'has more than 10000 openids; use a tag or a filter',
  ],

  ['an empty filter', filter({}), 'audience.filter is empty; say {"all": true}'],
  ['a filter that is a list', filter([]), 'audience.filter'],
  ['an unknown field of a filter', filter({ gender: 1 }), 'audience.filter.gender is not known'],
  ['a filter by no tags', filter({ tagIds: [] }), 'audience.filter.tagIds has no tag'],
  ['a filter by a tag that is a text', filter({ tagIds: ['a'] }), 'must be the number of a tag'],
  ['a filter by too many tags', filter({ tagIds: Array(101).fill(100) }), 'more than 100 tags'],
  ['a sex that is none', filter({ sex: 1 }), 'must be one of unknown, male, female'],
  ['an empty city', filter({ city: '' }), 'audience.filter.city'],
  ['no provinces', filter({ province: [] }), 'audience.filter.province'],
  [
    'a day that is none',
    filter({ subscribedFrom: 'yesterday' }),
    'must be a day such as 2026-11-25',
  ],
  [
    'a time without offset',
    filter({ subscribedFrom: '2026-01-01T08:00:00' }),
    'time with its offset',
  ],
  [
    'a time span turned round',
    filter({ subscribedFrom: '2026-02-01', subscribedBefore: '2026-01-01' }),
    'not before its subscribedBefore',
  ],
  ['no custom fields', filter({ custom: {} }), 'audience.filter.custom is empty'],
  ['a custom field that is a list', filter({ custom: { a: [] } }), 'audience.filter.custom.a'],

  ['no content', content(undefined), 'content is missing; it must have a msgtype of text, mpnews'],
  ['content that is a text', content('hello'), 'content must have a msgtype of text'],
  ['an unknown msgtype', content({ msgtype: 'music' }), 'content must have a msgtype of text'],
  [
    'a msgtype of the prototype',
    content({ msgtype: 'toString' }),
    'content must have a msgtype of text',
  ],
  ['a text without text', content({ msgtype: 'text' }), 'content.text is missing'],
  ['an empty text', text(''), 'content.text.content is empty'],
  ['a text that is a number', text(5), 'content.text.content must be a text'],
  ['a text too long', text('长'.repeat(683)), 'has 2049 bytes, WeChat takes 2048'],
  ['a control character', text('a\u0000b'), 'holds a control character'],
  [
    'the content of another type',
    content({ msgtype: 'text', voice: {} }),
    'voice is not known here',
  ],
  ['articles without media_id', content({ msgtype: 'mpnews', mpnews: {} }), 'media_id is missing'],
  [
    'a media_id too long',
    content({ msgtype: 'voice', voice: { media_id: 'm'.repeat(129) } }),
    'has 129 bytes, WeChat takes 128',
  ],
  ['pictures without any', images({ media_ids: [] }), 'has 0 items, WeChat takes 1 to 20'],
  ['21 pictures', images({ media_ids: Array(21).fill('m') }), 'has 21 items, WeChat takes 1 to 20'],
  ['one picture in the old words', content({ msgtype: 'image', image: {} }), 'images is missing'],
  [
    'a comment switch that is true',
    images({ media_ids: ['m'], need_open_comment: true }),
    '0 or 1',
  ],
  [
    'a title too long',
    content({ msgtype: 'mpvideo', mpvideo: { media_id: 'm', title: 't'.repeat(65) } }),
    'has 65 characters, WeChat takes 64',
  ],
  ['a card without id', content({ msgtype: 'wxcard', wxcard: {} }), 'card_id is missing'],
  ['reprints of a text', { ignoreReprint: true }, 'ignoreReprint is for articles (mpnews) only'],
  ['reprints by number', { ignoreReprint: 1 }, 'ignoreReprint must be true or false'],
  ['a dry run by text', { dryRun: 'yes' }, 'dryRun must be true or false'],

  ['a start that is none', { at: 'soon' }, 'at must be a day such as'],
  ['a start as a number', { at: 1_800_000_000_000 }, 'at must be a text, such as'],
  ['a start in the past', { at: '2025-12-31T10:00:00+08:00' }, 'The start (at) is in the past'],
  ['a start too far ahead', { at: '2026-03-01' }, 'The start (at) is more than 30 days ahead'],
  ['a start in quiet hours', { at: '2026-01-02T23:30:00+08:00' }, 'by the rule "quiet hours"'],
  [
    'a start too close to another',
    { at: '2026-01-01T12:30:00+08:00' },
    'by the rule "one broadcast an hour": another broadcast starts less than 60 minutes',
  ],
  ['a tag that nobody has', filter({ tagIds: [999] }), 'by the rule "no audience"'],
  ['one receiver', audience({ openids: ['oSeeded000000000000000000000'] }), 'rule "one follower"'],
  ['strangers', audience({ openids: ['oNobody1', 'oNobody2'] }), 'by the rule "no audience"'],
];

export const invalidSubmissions = submissions;
