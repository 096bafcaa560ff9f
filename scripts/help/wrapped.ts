import type { Bilingual } from '../project/language.ts';

/** The help of commands that run programs of others, whose own help does not say what they are for here. */
export const wrapped = {
  check: {
    en: `Usage: npm run check [-- --quick]

Decides whether the project is as it should be: variables and reference pages are current, licences and
known faults of packages, types, lint and format, and then all tests. On a developer's machine it writes
the first two anew; where CI is set they must have been committed. On two cores it takes a quarter of an
hour, and less than five minutes with --quick, which leaves out the tests of whole processes and browsers:
for each commit, and the whole before you push. Each step alone is npm run variables, docs, supply, types,
lint, and npm test. In the folder of a bot alone there are no reference pages, and the packages are those
of fuwuhao: the rest is the same.

What stands after -- goes to the tests (npm test -- --help). Exit code: that of the first step that failed.`,
    zh: `用法：npm run check [-- --quick]

判断整个项目是否合格：变量与参考页是否最新、依赖的许可证与已知漏洞、类型、lint 与格式，最后运行全部测试。
在开发机上会顺带更新前两项；设置了 CI 时，它们必须已经提交。在两核机器上全程约需一刻钟；加上 --quick
则不到五分钟，它跳过启动真实进程与浏览器的测试：适合每次提交前运行，推送前再完整运行一遍。各步骤也可单独运行：
npm run variables、docs、supply、types、lint 以及 npm test。在机器人的独立目录中没有参考页与依赖检查，其余相同。

-- 之后的参数传给测试（见 npm test -- --help）。退出码为第一个失败步骤的退出码。`,
  },
  types: {
    en: `Usage: npm run types

Checks the types of the project, and of its pages, which run in a browser, with tsc.
What stands after -- goes to the last tsc: https://www.typescriptlang.org/docs/handbook/compiler-options.html`,
    zh: `用法：npm run types

用 tsc 检查整个项目的类型，以及在浏览器里运行的页面。
-- 之后的参数传给最后一次 tsc：https://www.typescriptlang.org/docs/handbook/compiler-options.html`,
  },
  lint: {
    en: `Usage: npm run lint

Looks for mistakes and for what is not formatted (Biome), and for promises that nobody awaits (oxlint),
which a frozen instance would lose. npm run format mends what can be mended by itself.
What stands after -- goes to oxlint: https://oxc.rs/docs/guide/usage/linter/cli.html`,
    zh: `用法：npm run lint

检查错误与格式（Biome），以及没有等待的 promise（oxlint）：实例一旦冻结，它们就会丢失。
npm run format 会自动修复可修复的部分。
-- 之后的参数传给 oxlint：https://oxc.rs/docs/guide/usage/linter/cli.html`,
  },
  format: {
    en: `Usage: npm run format [-- file …]

Formats all files, or those named, and mends what Biome can mend by itself.
What stands after -- goes to Biome: https://biomejs.dev/reference/cli/#biome-check`,
    zh: `用法：npm run format [-- 文件 …]

格式化所有文件（或指定的文件），并修复 Biome 能自动修复的问题。
-- 之后的参数传给 Biome：https://biomejs.dev/reference/cli/#biome-check`,
  },
  serverless: {
    en: `Usage: npm run serverless -- <command> [options]

Runs the Serverless Framework (version 3) with serverless.yml and our plugin, on Tencent SCF, with the keys
of .env. It is installed into scripts/deploy when it is first needed (400 MB).

  deploy --help            what npm run deploy does
  info                     addresses and timers of the deployed functions
  deploy list              releases
  rollback -t <release>    back to one of them
  remove                   removes all functions, with their addresses
  package                  bundles and zips only, in dist/
  --stage <name>           another stage (default dev); reads .env.<name> instead of .env, if it is there

Everything else is the framework's own: https://www.serverless.com/framework/docs`,
    zh: `用法：npm run serverless -- <命令> [选项]

以 serverless.yml 与本项目的插件运行 Serverless Framework（第 3 版），部署到腾讯云 SCF，密钥取自 .env。
首次使用时安装到 scripts/deploy（400 MB）。

  deploy --help            npm run deploy 的说明
  info                     已部署函数的地址与定时器
  deploy list              版本列表
  rollback -t <版本>       回退到某个版本
  remove                   删除全部函数及其地址
  package                  只打包，产物在 dist/
  --stage <名称>           另一个环境（默认 dev）；如有 .env.<名称>，则读取它而不是 .env

其余命令为框架自带：https://www.serverless.com/framework/docs`,
  },
  tcb: {
    en: `Usage: npm run tcb -- <command> [options]

Runs CloudBase's CLI with the keys of .env, in the environment of CLOUDBASE_ENV_ID. It is installed into
scripts/deploy when it is first needed (400 MB); TCB_CLI names another one.

  fn list                  the deployed functions
  fn log <function>        what a function has logged
  fn delete <function>     removes a function

npm run deploy:tcb deploys. Everything else is the CLI's own: https://docs.cloudbase.net/cli-v1/intro`,
    zh: `用法：npm run tcb -- <命令> [选项]

以 .env 的密钥在 CLOUDBASE_ENV_ID 环境中运行 CloudBase CLI。首次使用时安装到 scripts/deploy（400 MB）；
也可用 TCB_CLI 指定另一个 CLI。

  fn list                  已部署的函数
  fn log <函数>            某个函数的日志
  fn delete <函数>         删除某个函数

部署请用 npm run deploy:tcb。其余命令为 CLI 自带：https://docs.cloudbase.net/cli-v1/intro`,
  },
} as const satisfies Readonly<Record<string, Bilingual>>;
