/**
 * What serverless.yml names: the door from the Serverless Framework (CommonJS, no TypeScript) to the
 * plugin beside it. Works for a `serverless` that is installed anywhere.
 */
const { existsSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../../..');
const vendor = path.join(root, 'scripts/deploy/node_modules/serverless-tencent-scf');
const needed = [
  ['tsx', isFound('tsx/cjs/api'), 'npm ci'],
  ['serverless-tencent-scf', existsSync(vendor), 'npm ci --prefix scripts/deploy'],
];
for (const [name, isThere, command] of needed) {
  if (isThere) continue;
  throw new Error(
    `${name} is not installed. Run \`${command}\` in ${root}, or deploy with \`npm run deploy\`, which does it for you.`,
  );
}
require('tsx/cjs/api').register();
module.exports = require('./plugin.ts').DeployPlugin;

/** In the packages of fuwuhao or, where it is a package itself, beside it. */
function isFound(module) {
  try {
    require.resolve(module);
    return true;
  } catch {
    return false;
  }
}
