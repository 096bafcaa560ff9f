const { decrypt, encrypt, getSignature } = require('@wecom/crypto');
const { XMLParser } = require('fast-xml-parser');
const { replyXml, envelope } = require('./floor.cjs');

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/** Tencent's own package for the encryption, with the XML library around it. */
exports.create = ({ account: { token, encodingAesKey, appid }, mode }) => {
  const sign = (timestamp, nonce, encrypted = '') =>
    getSignature(token, timestamp, nonce, encrypted);
  const crypt = { sign, encrypt: (text) => encrypt(encodingAesKey, text, appid) };
  return (query, body) => {
    if (sign(query.timestamp, query.nonce) !== query.signature) throw new Error('signature');
    const fields = parser.parse(body).xml;
    if (mode === 'plain') return replyXml(fields);
    if (sign(query.timestamp, query.nonce, fields.Encrypt) !== query.msg_signature) {
      throw new Error('msg_signature');
    }
    const { message, id } = decrypt(encodingAesKey, fields.Encrypt);
    if (id !== appid) throw new Error('appid');
    return envelope(crypt, query, replyXml(parser.parse(message).xml));
  };
};
