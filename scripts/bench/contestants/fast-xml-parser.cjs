const { XMLParser } = require('fast-xml-parser');
const { createCrypt, envelope, replyXml } = require('./floor.cjs');

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/** Node's crypto and the same XML library as ours, with nothing around them and nothing checked. */
exports.create = ({ account, mode }) => {
  const crypt = createCrypt(account);
  return (query, body) => {
    if (crypt.sign(query.timestamp, query.nonce) !== query.signature) throw new Error('signature');
    const fields = parser.parse(body).xml;
    if (mode === 'plain') return replyXml(fields);
    if (crypt.sign(query.timestamp, query.nonce, fields.Encrypt) !== query.msg_signature) {
      throw new Error('msg_signature');
    }
    return envelope(crypt, query, replyXml(parser.parse(crypt.decrypt(fields.Encrypt)).xml));
  };
};
