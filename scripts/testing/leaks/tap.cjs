/**
 * Runs in every process of a test run, before anything else: hears what the logs write and which
 * secrets are used, and puts both into the folder of this run. It knows no code of the product: log
 * lines come over a channel of Node, and secrets from the HTTP traffic itself.
 *
 * Plain CommonJS, since the processes of the tests load it by NODE_OPTIONS.
 */
const { appendFileSync } = require('node:fs');
const diagnostics = require('node:diagnostics_channel');
const path = require('node:path');

const folder = process.env.LEAKS_DIR;
const KEY = Symbol.for('fuwuhao.leaks');
/** The same object for all that run in a process, also for the sandboxes of jest. */
const shared = diagnostics.channel('fuwuhao.leaks');
/** Parameters that hold a secret, or somebody's name. */
const SECRET_PARAMETERS = [
  'access_token',
  'secret',
  'appsecret',
  'ticket',
  'signature',
  'msg_signature',
  'key',
];
const BATCH = 100;
/** The platform itself logs what is returned to WeChat: in plain mode that names the follower. */
const HTTP_RESPONSE = /RetMsg:\{"isBase64Encoded"/;

if (folder && !shared[KEY]) install();
module.exports = shared[KEY];

function install() {
  const pending = { lines: [], secrets: new Set(), openids: new Set() };
  const known = new Set();
  const write = (name, items) => {
    if (items.length === 0) return;
    const text = items.map((item) => `${JSON.stringify(item)}\n`).join('');
    appendFileSync(path.join(folder, `${name}.${process.pid}.jsonl`), text);
  };
  const tap = {
    line(line) {
      pending.lines.push(line);
      if (pending.lines.length >= BATCH) tap.flush();
    },
    secret: (value) => note('secrets', value),
    openid: (value) => note('openids', value),
    flush() {
      for (const name of ['lines', 'secrets', 'openids']) write(name, [...pending[name]]);
      pending.lines = [];
      pending.secrets.clear();
      pending.openids.clear();
    },
  };
  shared[KEY] = tap;

  function note(kind, value) {
    if (typeof value !== 'string' || known.has(value)) return;
    known.add(value);
    pending[kind].add(value);
  }

  function noteUrl(url) {
    const query = new URLSearchParams(String(url).split('?')[1] ?? '');
    for (const name of SECRET_PARAMETERS) note('secrets', query.get(name) ?? undefined);
    note('openids', query.get('openid') ?? undefined);
  }

  diagnostics.subscribe('fuwuhao.log', ({ line, openid, isPlain }) => {
    // Somebody has said that openids may be in it.
    if (isPlain) return;
    note('openids', openid);
    tap.line(line);
  });
  diagnostics.subscribe('fuwuhao.emulator', ({ line, secret }) => {
    if (secret !== undefined) note('secrets', secret);
    if (line !== undefined && !HTTP_RESPONSE.test(line)) tap.line(line);
  });
  diagnostics.subscribe('http.client.request.start', ({ request }) => {
    noteUrl(request.path);
    const bearer = /^Bearer (.+)$/.exec(String(request.getHeader('authorization') ?? ''));
    note('secrets', bearer?.[1]);
  });
  diagnostics.subscribe('http.server.request.start', ({ request }) => noteUrl(request.url));
  process.on('exit', tap.flush);
}
