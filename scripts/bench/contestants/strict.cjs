const { hash, timingSafeEqual } = require('node:crypto');
const { createCrypt, envelope, replyXml } = require('./floor.cjs');

const NAME = /^[A-Za-z_][\w.-]*$/;

/**
 * Checks all that it relies on and no more: signatures in constant time, the timestamp, the appid
 * by way of the padding's length, and every byte of a flat <xml> in one pass. What is left of the
 * work when nothing is general.
 */
exports.create = ({ account, mode }) => {
  const crypt = createCrypt(account);
  const sign = (...parts) => hash('sha1', [account.token, ...parts].sort().join(''));
  return (query, body) => {
    check(sign(query.timestamp, query.nonce), query.signature);
    if (!(Math.abs(Date.now() / 1000 - Number(query.timestamp)) <= 600)) throw new Error('stale');
    const fields = scan(body);
    if (mode === 'plain') return replyXml(fields);
    check(sign(query.timestamp, query.nonce, fields.Encrypt), query.msg_signature);
    return envelope({ ...crypt, sign }, query, replyXml(scan(crypt.decrypt(fields.Encrypt))));
  };
};

function check(expected, given) {
  const [left, right] = [Buffer.from(expected), Buffer.from(given ?? '')];
  if (left.length !== right.length || !timingSafeEqual(left, right)) throw new Error('signature');
}

/** `<xml><name>text or one CDATA</name>…</xml>`, with one level of elements and nothing else. */
function scan(xml) {
  if (!xml.startsWith('<xml>') || !xml.endsWith('</xml>')) throw new Error('root');
  const fields = Object.create(null);
  const end = xml.length - 6;
  for (let at = 5; at < end; ) {
    const close = xml.indexOf('>', at);
    const name = xml.slice(at + 1, close);
    if (xml[at] !== '<' || !NAME.test(name)) throw new Error('element');
    let from = close + 1;
    let to;
    if (xml.startsWith('<![CDATA[', from)) {
      from += 9;
      to = xml.indexOf(']]>', from);
      at = to + 3;
    } else {
      to = xml.indexOf('<', from);
      at = to;
    }
    if (to < 0 || !xml.startsWith(`</${name}>`, at)) throw new Error('end');
    fields[name] = xml.slice(from, to);
    at += name.length + 3;
  }
  return fields;
}
