export const DEPLOY_HELP = `Usage: npm run deploy [-- options]

Bundles the functions, and creates or changes them on Tencent SCF with their addresses, timers and
variables, as serverless.yml says. It can be run again at any time; addresses stay the same.

Once, before the first deploy:
  1. cp .env.example .env, and fill in the account (developers.weixin.qq.com/platform,
     我的业务 → 服务号 → 基础信息) and CLOUDBASE_ENV_ID.
  2. npm run setup         with keys of the account's owner: makes the role and the sub-account;
     its keys belong into .env as TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY
  3. npm run provision     makes the collections in CloudBase
  4. npm run deploy        prints the address of each function
  5. There put the printed IP into API IP白名单 (开发密钥), and set the message push (域名与消息推送配置)
     to the address of \`callback\`, with the Token, the EncodingAESKey and the mode of .env.
  6. npm run doctor -- --wait   checks all of it

Options:
  --stage prod             another stage: functions of their own (default dev); .env.prod is read
                           instead of .env if it is there
  -f, --function NAME      this function only
  --force                  sends the code of every function, also where nothing has changed
  --prune                  removes functions that are no longer in serverless.yml
  --skip-preflight         does not look before whether the deploy can succeed
  --replace-account        replaces functions that are there for another WeChat account
  --break-lock             takes away the lock of another deploy that is dead

After it:
  npm run serverless -- info [--stage prod]                addresses and timers
  npm run invoke -- menu get --stage dev                   calls a deployed function
  npm run serverless -- deploy list                        releases
  npm run serverless -- rollback -t RELEASE                back to one of them
  npm run serverless -- remove                             all functions, with their addresses
  npm run serverless -- package                            bundles and zips only, in dist/

Exit code 0 means that every function runs as serverless.yml says. 130: it was stopped by a signal.
Anything else: see the message, then run it again. More: docs/deploy.md.`;
