/**
 * `node --require` this to send every HTTP(S) connection of a process to the emulator on
 * TENCENT_EMULATOR_PORT, in clear text. Host, path, body and signature stay as they are, so the
 * emulator answers for every host and sees each one that is not Tencent's. Loopback is left alone.
 */
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');

const port = Number(process.env.TENCENT_EMULATOR_PORT);
for (const { Agent } of [http, https]) {
  const { createConnection } = Agent.prototype;
  Agent.prototype.createConnection = function connect(options, ...rest) {
    const isLocal = options.host === '127.0.0.1';
    return isLocal ? createConnection.call(this, options, ...rest) : net.connect(port, '127.0.0.1');
  };
}
