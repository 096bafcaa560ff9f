const { MessageCrypto, WeChatService } = require('nest-wechat');
const { XMLParser } = require('fast-xml-parser');
const { replyXml } = require('./floor.cjs');

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/** It opens and seals messages; reading the XML and writing a reply is left to its user. */
exports.create = ({ account, mode }) => {
  const { appid, token, encodingAesKey } = account;
  const service = new WeChatService({
    appId: appid,
    secret: '0'.repeat(32),
    token,
    encodingAESKey: encodingAesKey,
  });
  return (query, body) => {
    const { timestamp, nonce } = query;
    if (mode === 'plain') {
      if (!MessageCrypto.checkSignature(query.signature, timestamp, nonce, token)) {
        throw new Error('signature');
      }
      return replyXml(parser.parse(body).xml);
    }
    const xml = service.decryptMessage(query.msg_signature, timestamp, nonce, body);
    const now = String(Math.floor(Date.now() / 1000));
    return service.encryptMessage(replyXml(parser.parse(xml).xml), now, nonce);
  };
};
