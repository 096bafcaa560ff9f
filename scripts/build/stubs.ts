/** A part of a package that a function's bundle does without. */
export interface Stub {
  /** A package, or a path inside one without its extension. */
  readonly module: string;
  /** What no longer works because of it. */
  readonly serves: string;
  /** The module that takes its place; default: one that throws when it is used. */
  readonly contents?: string;
}

/**
 * What packages load and our way through them never runs; through the CloudBase SDKs that way is
 * documents, transactions, callFunction, temporary URLs, download and delete. No package is changed:
 * the bundle gets an empty module in their place, and using it throws an error that names this list.
 * What that saves of the SDKs is printed by `node --import tsx scripts/build/sdk-report.ts`.
 */
export const bundleStubs: readonly Stub[] = [
  // fast-xml-parser
  { module: 'is-unsafe', serves: 'entities of a DOCTYPE, which is refused before it is parsed' },
  { module: 'strnum', serves: 'turning text into numbers, which parseTagValue: false turns off' },
  // @cloudbase/node-sdk
  { module: '@cloudbase/node-sdk/dist/ai', serves: 'app.ai()' },
  { module: '@cloudbase/node-sdk/dist/analytics', serves: 'app.analytics()' },
  { module: '@cloudbase/node-sdk/dist/cloudrun', serves: 'app.callContainer()' },
  { module: '@cloudbase/node-sdk/dist/logger', serves: 'app.logger()' },
  { module: '@cloudbase/node-sdk/dist/notification', serves: 'app.sendTemplateNotification()' },
  { module: '@cloudbase/node-sdk/dist/wx', serves: 'app.callWxOpenApi() and the like' },
  { module: '@cloudbase/wx-cloud-client-sdk', serves: 'app.models, app.mysql, app.rdb' },
  { module: 'axios', serves: "the probe for Tencent's metadata host before every request" },
  { module: 'http-proxy-agent', serves: 'init({ proxy })' },
  { module: 'https-proxy-agent', serves: 'init({ proxy })' },
  { module: 'retry', serves: 'init({ retries })' },
  { module: 'retry/lib/retry_operation', serves: 'init({ retries })' },
  {
    module: '@cloudbase/node-sdk/dist/utils/version',
    serves: 'reading the version from a file that a bundle does not have',
    contents: "exports.version = '3.18.3';",
  },
  // pg
  { module: 'pg/lib/native', serves: 'the client over libpq' },
  { module: 'pg-cloudflare', serves: 'sockets of Cloudflare' },
  { module: 'pg-connection-string', serves: 'connectionString, which server.ts reads itself' },
  { module: 'postgres-interval', serves: 'columns of type interval' },
  {
    // Asked where no password is set, which some servers do not want.
    module: 'pgpass',
    serves: 'passwords in ~/.pgpass',
    contents: 'module.exports = (_, done) => done(undefined);',
  },
  // prom-client
  { module: '@opentelemetry/api', serves: 'exemplars' },
  { module: 'tdigest', serves: 'summaries' },
  // @simplewebauthn/server: what authenticators say of their makers, which the console asks none of
  { module: '@peculiar/asn1-android', serves: 'attestation by Android' },
  { module: '@peculiar/asn1-rsa', serves: 'attestation by TPM' },
  { module: '@peculiar/x509', serves: 'certificates of attestation' },
  { module: 'reflect-metadata', serves: 'certificates of attestation' },
  // both
  {
    module: 'bson',
    serves: 'all of BSON but its JSON form',
    contents: "export { EJSON } from 'bson/dist/bson.esm.js';",
  },
  {
    module: '@cloudbase/signature-nodejs/lib/keyvalue',
    serves: 'sorting what is signed by the rules of a language',
    contents: "export { SortedKeyValue } from './shared/store/sdk/sorted-key-value.ts';",
  },
  { module: 'jsonwebtoken', serves: 'auth().createTicket()' },
  { module: 'xml2js', serves: 'uploadFile()' },
  { module: 'form-data', serves: 'wx.openApi, wx.wxPayApi; in tcb-admin-node uploadFile()' },
  { module: '@cloudbase/database/dist/commonjs/realtime/websocket-client', serves: 'watch()' },
  // tcb-admin-node, by way of request
  {
    // One jar is made when `request` is loaded, whether it is used or not.
    module: 'tough-cookie',
    serves: 'cookie jars',
    contents: `const absent = () => { throw new Error('tough-cookie is left out of this bundle.'); };
      exports.CookieJar = class { setCookieSync = absent; getCookieStringSync = absent; };`,
  },
  { module: 'qs', serves: 'query and form options' },
  { module: 'http-signature', serves: 'signed requests' },
  { module: 'aws-sign2', serves: 'AWS requests' },
  { module: 'aws4', serves: 'AWS requests' },
  { module: 'tunnel-agent', serves: 'HTTPS through a proxy' },
  { module: 'mime-types', serves: 'multipart bodies' },
  { module: 'combined-stream', serves: 'multipart bodies' },
  {
    // Each request draws one for the multipart body that it might have had.
    module: 'uuid',
    serves: 'every form of UUID but the random one',
    contents: "exports.v4 = () => require('node:crypto').randomUUID();",
  },
];
