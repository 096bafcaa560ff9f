const { createCipheriv, createDecipheriv, createHash, randomBytes } = require('node:crypto');
const { echoOf } = require('./echo.cjs');

/**
 * As little code as answers at all: it trusts every byte, finds fields by `indexOf` and checks
 * nothing but the signature. Nobody should run it; it shows what the task itself costs.
 */
exports.create = ({ account, mode }) => {
  const crypt = exports.createCrypt(account);
  return (query, body) => {
    if (crypt.sign(query.timestamp, query.nonce) !== query.signature) throw new Error('signature');
    if (mode === 'plain') return replyTo(body);
    const encrypted = field(body, 'Encrypt');
    if (crypt.sign(query.timestamp, query.nonce, encrypted) !== query.msg_signature) {
      throw new Error('msg_signature');
    }
    return exports.envelope(crypt, query, replyTo(crypt.decrypt(encrypted)));
  };
};

function replyTo(xml) {
  const fields = {};
  for (const name of names) fields[name] = field(xml, name);
  return exports.replyXml(fields);
}

const names = ['FromUserName', 'ToUserName', 'MsgType', 'Content', 'MediaId'].concat(
  ...['Label', 'Title', 'Event', 'EventKey'],
);

function field(xml, name) {
  const start = xml.indexOf(`<${name}>`);
  if (start < 0) return undefined;
  const from = start + name.length + 2;
  const text = xml.slice(from, xml.indexOf(`</${name}>`, from));
  return text.startsWith('<![CDATA[') ? text.slice(9, -3) : text;
}

exports.replyXml = (fields) =>
  `<xml><ToUserName><![CDATA[${fields.FromUserName}]]></ToUserName><FromUserName><![CDATA[${fields.ToUserName}]]></FromUserName><CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${echoOf(fields)}]]></Content></xml>`;

exports.envelope = (crypt, { nonce }, xml) => {
  const encrypted = crypt.encrypt(xml);
  const timestamp = String(Math.floor(Date.now() / 1000));
  return `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${crypt.sign(timestamp, nonce, encrypted)}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`;
};

exports.createCrypt = ({ token, encodingAesKey, appid }) => {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const iv = key.subarray(0, 16);
  return {
    sign: (...parts) =>
      createHash('sha1')
        .update([token, ...parts].sort().join(''))
        .digest('hex'),
    encrypt(text) {
      const body = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      const block = Buffer.concat([randomBytes(16), length, body, Buffer.from(appid)]);
      const pad = 32 - (block.length % 32);
      const aes = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      return Buffer.concat([
        ...[aes.update(block), aes.update(Buffer.alloc(pad, pad)), aes.final()],
      ]).toString('base64');
    },
    decrypt(encrypted) {
      const aes = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      const block = Buffer.concat([aes.update(encrypted, 'base64'), aes.final()]);
      return block.toString('utf8', 20, 20 + block.readUInt32BE(16));
    },
  };
};
