/**
 * `node --require` this to send every HTTP(S) connection of a process to the emulator on
 * TENCENT_EMULATOR_PORT, in clear text. Host, path, body and signature stay as they are, so the
 * emulator answers for every host and sees each one that is not Tencent's.
 */
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');

const port = Number(process.env.TENCENT_EMULATOR_PORT);
for (const { Agent } of [http, https]) {
  Agent.prototype.createConnection = () => net.connect(port, '127.0.0.1');
}
