/** What every contestant answers: a text that shows that the message was read. */
exports.echoOf = (fields) => {
  switch (fields.MsgType) {
    case 'text':
      return `text ${fields.Content}`;
    case 'location':
      return `location ${fields.Label}`;
    case 'link':
      return `link ${fields.Title}`;
    case 'event':
      return `event ${fields.Event} ${fields.EventKey || ''}`.trimEnd();
    default:
      return `${fields.MsgType} ${fields.MediaId}`;
  }
};
