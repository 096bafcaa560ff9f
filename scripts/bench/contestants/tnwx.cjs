const tnwx = require('tnwx');
const { echoOf } = require('./echo.cjs');

exports.create = ({ account, mode }) => {
  const { appid, token, encodingAesKey } = account;
  const isEncrypted = mode !== 'plain';
  const config = new tnwx.ApiConfig(appid, '0'.repeat(32), token, isEncrypted, encodingAesKey);
  tnwx.ApiConfigKit.putApiConfig(config);
  tnwx.ApiConfigKit.setCurrentAppId(appid);
  return (query, body) => {
    const { signature, timestamp, nonce, msg_signature: sealed } = query;
    if (tnwx.WeChat.checkSignature(signature, timestamp, nonce, 'ok') !== 'ok') {
      throw new Error('signature');
    }
    return tnwx.WeChat.handleMsg(adapter, body, sealed, timestamp, nonce);
  };
};

const reply = (message, fields) => {
  const out = new tnwx.OutTextMsg(message);
  out.setContent(echoOf(fields));
  return out;
};

const media = (type) => (message) => reply(message, { MsgType: type, MediaId: message.getMediaId });
const event = (message) =>
  reply(message, {
    MsgType: 'event',
    Event: message.getEvent,
    // Not every kind of event has a key here.
    EventKey: message.getEventKey || '',
  });

const adapter = {
  processInTextMsg: (m) => reply(m, { MsgType: 'text', Content: m.getContent }),
  processInImageMsg: media('image'),
  processInVoiceMsg: media('voice'),
  processInVideoMsg: media('video'),
  processInShortVideoMsg: media('shortvideo'),
  processInLocationMsg: (m) => reply(m, { MsgType: 'location', Label: m.getLabel }),
  processInLinkMsg: (m) => reply(m, { MsgType: 'link', Title: m.getTitle }),
  processInFollowEvent: event,
  processInQrCodeEvent: event,
  processInLocationEvent: event,
  processInMenuEvent: event,
};
