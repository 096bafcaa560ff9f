import { isDeepStrictEqual } from 'node:util';
import { readRows } from '../../shared/followers/rows.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { multipartType } from '../../shared/proxy/multipart-type.ts';
import { Refusal } from '../../shared/proxy/refusal.ts';
import { readPath, resolve } from '../../shared/proxy/route.ts';
import { MalformedError } from '../../shared/wechat/fields.ts';
import { parseJson } from '../../shared/wechat/json.ts';
import { readMessage } from '../../shared/wechat/message/message.ts';
import {
  messageId,
  parseMessage,
  serializeMessage,
} from '../../shared/wechat/message/message-id.ts';
import { decodePush, parsePush } from '../../shared/wechat/push-body.ts';
import { parseAnyXml } from '../../shared/wechat/xml-parser.ts';
import { scanXml } from '../../shared/wechat/xml-scan.ts';

/** A parser that meets what strangers send. */
export interface FuzzTarget {
  readonly about: string;
  /** Inputs of the right kind, to begin with. */
  readonly seeds: readonly string[];
  /** Pieces that mean something to the parser. */
  readonly words: readonly string[];
  /** Reads an input. It throws an Error for what must never happen; a refusal is fine. */
  readonly run: (input: Buffer) => void | Promise<void>;
}

const PUSH =
  '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[K]]></EventKey></xml>';
const JSON_PUSH =
  '{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1700000000,"MsgType":"text","Content":"你好","MsgId":23456789012345678}';
const XML_WORDS = [
  ...[
    '<xml>',
    '</xml>',
    '<a>',
    '</a>',
    '<a/>',
    '<![CDATA[',
    ']]>',
    ']]',
    '&amp;',
    '&#65;',
    '&#x41;',
  ],
  ...[
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    '<!--',
    '-->',
    '<?xml ?>',
    '<__proto__>1</__proto__>',
    '\u0000',
  ],
];
const JSON_WORDS = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\u0041', '\\ud800', '1e999', '-0', 'null', '\u0001'],
  ...['"__proto__":{"a":1},', '"constructor":', '12345678901234567890', '\ufeff'],
];

const allowing =
  (
    expected: readonly (abstract new (...args: never[]) => Error)[],
    work: (input: Buffer) => unknown,
  ) =>
  async (input: Buffer) => {
    try {
      await work(input);
    } catch (error) {
      if (!expected.some((kind) => error instanceof kind)) throw error;
    }
    if (Object.hasOwn(Object.prototype, 'a'))
      throw new Error('The prototype of objects was changed.');
  };

const text = (input: Buffer) => input.toString('utf8');

export const targets: Readonly<Record<string, FuzzTarget>> = {
  'push-body': {
    about: 'the body of a push, XML or JSON',
    seeds: [PUSH, JSON_PUSH],
    words: [...XML_WORDS, ...JSON_WORDS],
    run: allowing([MalformedError], (input) => parsePush(decodePush(input))),
  },
  'xml-scan': {
    about: 'the quick reader of XML, against the parser',
    seeds: [PUSH],
    words: XML_WORDS,
    run: allowing([MalformedError], (input) => {
      const scanned = scanXml(text(input));
      if (scanned === undefined) return;
      if (!isDeepStrictEqual(scanned, parseAnyXml(text(input)))) {
        throw new Error('The quick reader and the parser read different fields.');
      }
    }),
  },
  event: {
    about: 'the fields of a message or event, and its id',
    seeds: [PUSH, JSON_PUSH],
    words: [...XML_WORDS, '<Event>', '<MsgType>', '<MenuId>', '<Latitude>', '1e400', '-1', 'NaN'],
    run: allowing([MalformedError], async (input) => {
      const message = readMessage(await parsePush(decodePush(input)));
      const again = parseMessage(serializeMessage(message));
      if (messageId(again) !== messageId(message)) {
        throw new Error('A message has another id after it was stored.');
      }
    }),
  },
  'proxy-route': {
    about: 'the path of a request to the proxy',
    seeds: ['GET /v1/cgi-bin/menu/get', 'POST /v1/token/reject', 'GET /v1/jsapi-signature'],
    words: [
      '/',
      '..',
      '%2e',
      '%2f',
      '//',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '/v1',
      '/v2',
      '\u0000',
      'CGI-BIN',
    ],
    run: allowing([Refusal], (input) => {
      const [method = '', path = ''] = text(input).split(' ', 2);
      const address = readPath(path);
      if (!/^\/[\w.-]+(?:\/[\w.-]+)*$/.test(address.path) || address.path.includes('..')) {
        throw new Error(`The path ${address.path} was taken.`);
      }
      resolve(method, address);
    }),
  },
  csv: {
    about: 'the file of an import',
    seeds: [
      'openid,sex,province\no1,男,广东\no2,2,"北京, 朝阳"\n',
      '\ufeffopenid,level\r\no3,gold\r\n',
    ],
    words: [
      ',',
      '"',
      '""',
      '\n',
      '\r\n',
      '\ufeff',
      'openid',
      '__proto__',
      'constructor',
      ';',
      '\t',
      '=1+1',
    ],
    run: allowing([AppError], (input) => {
      const rows = readRows({ csv: text(input) });
      for (const { openid } of rows) if (!/^[\w-]+$/.test(openid)) throw new Error('No openid.');
    }),
  },
  multipart: {
    about: 'the content type of a form, and the first line of its body',
    seeds: ['multipart/form-data; boundary=x\n\n--x\r\n', 'multipart/form-data\n\n\r\n--b b\r\nx'],
    words: ['boundary=', '"', '\\', ';', '\r\n', '--', ' ', 'multipart/form-data', '\u0000', '='],
    run: allowing([Refusal], (input) => {
      const [type = '', ...body] = text(input).split('\n\n');
      const sent = multipartType(type, Buffer.from(body.join('\n\n')));
      if (sent !== undefined && !/^multipart\/form-data; boundary=[\x20-\x7e]+$/.test(sent)) {
        throw new Error(`The content type ${JSON.stringify(sent)} would go on to WeChat.`);
      }
    }),
  },
  json: {
    about: 'an answer of WeChat, which is not always JSON',
    seeds: ['{"errcode":0,"msg_id":6272960105994287618}', '{"nickname":"a\u0001b\\x"}', JSON_PUSH],
    words: JSON_WORDS,
    run: allowing([SyntaxError], (input) => parseJson(text(input))),
  },
};
