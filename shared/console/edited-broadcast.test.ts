import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { proposalRequests } from '../proposals/requests.ts';
import { textOf } from './page/pages/broadcasts/article-text.ts';
import {
  audienceKinds,
  broadcastOf,
  contentTypes,
  type EditedBroadcast,
  filterOf,
  newBroadcast,
  noFilter,
  openidsIn,
} from './page/pages/broadcasts/edited-broadcast.ts';

const whole: EditedBroadcast = {
  ...newBroadcast,
  ...{ id: 'p'.repeat(43), name: '元旦', tagId: 100, text: '你好' },
  segment: { name: '新客', filter: { subscribedFrom: '2026-11-01' } },
  filter: { ...noFilter, city: '广州，深圳', tagIds: [100], sex: 'female' },
  file: { name: 'a.csv', openids: ['oAlice1', 'oBob22'] },
  media: { mpnews: ['D1'], image: ['P1', ' ', 'P2'], voice: ['V1'], mpvideo: ['M1'] },
};

test('every audience and every content of the form is taken as a proposal', () => {
  for (const audience of audienceKinds) {
    for (const type of contentTypes) {
      const { id, name } = whole;
      const broadcast = broadcastOf({
        ...whole,
        audience,
        type,
        when: 'later',
        at: '2026-12-01T20:00',
      });
      const { issues, output } = v.safeParse(proposalRequests.propose, { id, name, ...broadcast });

      expect([audience, type, issues]).toEqual([audience, type, undefined]);
      expect(output).toMatchObject({ at: Date.parse('2026-12-01T12:00:00Z') });
    }
  }
});

test('what is missing makes no broadcast', () => {
  for (const missing of [
    { tagId: null },
    { audience: 'segment', segment: null },
    { audience: 'filter', filter: noFilter },
    { audience: 'file', file: null },
    { text: '  ' },
    { type: 'image', media: { ...whole.media, image: ['', ' '] } },
    { when: 'later' },
  ] as const) {
    expect(broadcastOf({ ...whole, ...missing })).toBeUndefined();
  }
});

test('a filter has what was filled in alone, with several words as a list', () => {
  expect(filterOf(whole.filter)).toEqual({
    tagIds: [100],
    sex: 'female',
    city: ['广州', '深圳'],
  });
});

test('openids are found in the first column of a file, each once, whatever stands beside', () => {
  const openid = fc.stringMatching(/^o[\w-]{27}$/);
  fc.assert(
    fc.property(fc.uniqueArray(openid, { maxLength: 50 }), fc.string(), (openids, note) => {
      const beside = note.replace(/[\r\n]/g, ' ');
      const lines = openids.map((each) => `"${each}","${beside}"`);

      expect(openidsIn(['\uFEFFopenid,备注', ...lines, ...lines].join('\r\n'))).toEqual(openids);
    }),
  );
  expect(openidsIn('name\nAlice\n\n')).toEqual([]);
});

test('an article is shown by its words, with a line for each paragraph', () => {
  expect(textOf('<p>第一&nbsp;段</p><section><b>第二</b><br/>段 &lt;3</section>')).toBe(
    '第一 段\n第二\n段 <3',
  );
});
