/**
 * What serverless.yml names: the door from the Serverless Framework (CommonJS, no TypeScript) to the
 * plugin beside it. Works for a `serverless` that is installed anywhere.
 */
const { existsSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../../..');
const needed = [
  ['tsx', path.join(root, 'node_modules/tsx'), 'npm ci'],
  [
    'serverless-tencent-scf',
    path.join(root, 'scripts/deploy/node_modules/serverless-tencent-scf'),
    'npm ci --prefix scripts/deploy',
  ],
];
for (const [name, folder, command] of needed) {
  if (existsSync(folder)) continue;
  throw new Error(
    `${name} is not installed. Run \`${command}\` in ${root}, or deploy with \`npm run deploy\`, which does it for you.`,
  );
}
require('tsx/cjs/api').register();
module.exports = require('./plugin.ts').DeployPlugin;
