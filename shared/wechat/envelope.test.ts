import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findEncrypted } from './envelope.ts';

const inXml = (text: string) => findEncrypted({ notation: 'xml', text });
const inJson = (text: string) => findEncrypted({ notation: 'json', text });
const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{1,40}={0,2}$/);

describe('the ciphertext is found', () => {
  test.each([
    ['<xml><Encrypt><![CDATA[Ab+/=]]></Encrypt></xml>'],
    ['<xml><Encrypt>Ab+/=</Encrypt></xml>'],
    ['<xml>\n <Encrypt>\n  <![CDATA[ Ab+/= ]]>\n </Encrypt>\n</xml>'],
    ['<?xml version="1.0"?><xml><ToUserName>gh_1</ToUserName><Encrypt>Ab+/=</Encrypt></xml>'],
    ['<xml><a><![CDATA[<Encrypt>forged</Encrypt>]]></a><Encrypt>Ab+/=</Encrypt></xml>'],
    ['<xml><a>&lt;Encrypt&gt;</a><Encrypt>Ab+/=</Encrypt>, and what nobody reads: <<a></xml>'],
  ])('in %s', (text) => {
    expect(inXml(text)).toBe('Ab+/=');
  });

  test.each([
    ['{"Encrypt":"Ab+/="}'],
    ['{"ToUserName":"gh_1", "Encrypt" : "Ab+\\/="}'],
    ['{"Content":"\\"Encrypt\\":\\"forged\\"","Encrypt":"Ab+/="}'],
  ])('in %s', (text) => {
    expect(inJson(text)).toBe('Ab+/=');
  });

  test('beside whatever a follower has written', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('<Encrypt>A</Encrypt>', '<![CDATA[', '"Encrypt":"A"', '\\', '<', '"'),
    );
    const words = fc.array(piece, { maxLength: 8 }).map((list) => list.join(''));
    fc.assert(
      fc.property(words, base64, (content, encrypted) => {
        const safe = content.replaceAll(']]>', '');
        const field = `<Encrypt><![CDATA[${encrypted}]]></Encrypt>`;
        expect(inXml(`<xml><Content><![CDATA[${safe}]]></Content>${field}</xml>`)).toBe(encrypted);
        expect(inJson(JSON.stringify({ Content: content, Encrypt: encrypted }))).toBe(encrypted);
      }),
      { numRuns: 5_000 },
    );
  });
});

test.each([
  '',
  '<xml></xml>',
  '<xml><Encrypt></Encrypt></xml>',
  '<xml><Encrypt/></xml>',
  '<xml><Encrypt>not base64!</Encrypt></xml>',
  '<xml><Encrypt><a>A</a></Encrypt></xml>',
  '<xml><a><![CDATA[<Encrypt>A</Encrypt></a></xml>',
  '<xml><encrypt>A</encrypt></xml>',
  '{"Encrypt":"A"}',
])('there is none in the XML %s', (text) => {
  expect(inXml(text)).toBeUndefined();
});

test.each(['{}', '{"Encrypt":""}', '{"Encrypt":1}', '{"encrypt":"A"}', '<Encrypt>A</Encrypt>'])(
  'there is none in the JSON %s',
  (text) => {
    expect(inJson(text)).toBeUndefined();
  },
);
