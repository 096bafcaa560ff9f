import { accountName, ownRoot } from '../project/root.ts';

/** In Chinese, the help of the commands for daily work. */
export const daily = {
  start: `用法：npm start -- [选项]

构建函数并在本机运行，在外围模拟微信与 CloudBase，并提供一个带手机的网页（地址见输出）。保存源文件后，
相关函数会立即换上新代码。

  --port <端口>    函数的端口（默认 8800），隧道只能指向它；微信接口、CloudBase 与网页用其后三个端口；
                   0 表示任意空闲端口
  --mode <模式>    消息推送：plain（明文）、compat（兼容）或 safe（安全，默认）
  --home <位置>    账号所在：server（默认），或微信云内的 wechat-container、wechat-function；
                   那里微信不签名，容器也不需要令牌
  --account <文件> 运行这个账号文件而不是 ${accountName(ownRoot)}，例如 examples/accounts/echo.ts
  --env <文件>     从文件读取真实账号（WECHAT_APPID、WECHAT_APPSECRET、WECHAT_TOKEN …）；此时函数直接调用
                   微信，用于测试号加隧道
  --store <名称>   函数的文档存储：cloudbase（默认），或随之启动的真实数据库 postgres
  --http-functions callback 与 api-proxy 以 HTTP 函数运行：一个进程同时处理至多 50 个请求
  --inspect        调试器可在 9229 端口接入 callback，断点打在源码上；此时它以单个进程运行，微信与平台都不会超时断开
  --local <文件>   账号变量与设置的取值（默认 .env.local，如果存在）；账号变量以 shell 为先
  --state <文件夹> 各次运行之间保留数据的位置（默认 .fuwuhao）
  --seed           先在模拟的微信里准备好文档示例用到的数据：关注者、标签、菜单、封面与草稿、模板
  --no-chat        不在终端打开聊天
  --json           不聊天；就绪后输出一行 JSON
  --help           显示本说明`,

  new: `用法：npm run new -- <目录> [选项]

为一个机器人新建独立目录：其中只有你的账号及其测试、配置、部署文件与 CI，fuwuhao 作为依赖包引入。在那里 npm start、
npm test、npm run build、npm run deploy 等命令与这里完全一样。账号取自本仓库 functions/callback 的当前内容。

  --from <包>     npm 从哪里取得 fuwuhao，例如 git+https://host/team/fuwuhao.git#v0.1.0
                  （默认：以路径引用本仓库）
  --ci <服务>     写入哪家的流水线：github（默认）、cnb 或 coding
  --no-install    不在新目录运行 npm install
  --json          以 JSON 输出结果
  --help          显示本说明

详见 docs/zh-CN/own-folder.md。`,

  update: `用法：npm run update -- [<标签>] [选项]

在机器人的独立目录中运行：先更新 fuwuhao，再把它对目录中随附文件（部署文件、配置、命令、CI）的改动合并进来。你在这些
文件中的改动会保留，方式与 git 合并相同；双方改了同一处时，两种写法都留在 git 的冲突标记之间。账号、测试与 README
不会被改动。

package.json 指向 git 仓库时，安装其中最新的版本，或指定的 <标签>；以路径指向本机仓库时，以该仓库当前的内容为准。

  --files   只合并文件，不更新已安装的 fuwuhao
  --help    显示本说明

退出码：正常为 0；失败，或有冲突需要你决定时为 1。`,

  invoke: `用法：npm run invoke -- <函数> <操作> [参数] [选项]

调用函数：正在运行的 npm start 中的函数；加 --stage 则调用已部署的函数。

  参数           JSON，或 @存有 JSON 的文件。其中的 "file": "@picture.jpg" 会带上该文件
  --stage <名称> 该环境中已部署的函数（SCF，或 CLOUDBASE_ENV_ID 中），密钥取自 .env.<名称> 或 .env
  --url <地址>   callback 容器中的函数，以 .env（或该环境的 .env 文件）中的 INVOKE_KEY 为密钥
  --port <端口>  同时运行多个 npm start 时指定其中一个
  --json         以 JSON 输出完整结果，而不是表格
  --dry-run      只说明会发生什么：在参数中加入 "dryRun": true
  --watch        反复执行直到工作结束，并显示进度
  --help         显示本说明；<函数> --help 列出其操作，<函数> <操作> --help 说明参数并给出示例

  npm run invoke -- menu create @examples/menu.json
  npm run invoke -- qrcode create '{"scene": "shop-12"}'
  npm run invoke -- mass-send submit @examples/mass-send.json --dry-run
  npm run invoke -- audit verify
  npm run invoke -- worker list --stage prod

退出码：操作成功为 0，失败为 1（--watch 时指工作没有顺利结束），命令有误为 2。`,

  record: `用法：npm run record -- <文件> [选项]

把正在运行的 npm start 中某部手机的聊天保存为会话，测试可以重放它：
expect(await replay(account, recorded)).toEqual(recorded)。

  --follower <openid>  保存谁的聊天（默认 oAlice）
  --last <数量>        只保存最近若干轮（默认全部）
  --port <端口>        同时运行多个 npm start 时指定其中一个
  --help               显示本说明`,

  logs: `用法：npm run logs -- [选项]

显示函数的日志：npm start 中的，或已部署的。

  --follow           等待并继续显示新的日志
  --function <名称>  只看某个函数
  --level <级别>     debug、info、warn 或 error：隐藏更低级别（默认 debug）
  --last <数量>      先显示最近若干行（默认 50）
  --state <文件夹>   npm start 的数据文件夹（默认为正在运行的那个，或 .fuwuhao）
  --port <端口>      同时运行多个 npm start 时指定其中一个
  --raw              原样显示，每行一个 JSON 对象
  --stage <名称>     从腾讯云日志服务读取该环境已部署函数的日志；如有 .env.<名称>，则读取它而不是 .env
  --deployed         同上，环境为 dev
  --topic <id>       CLS 日志主题；默认为已部署的 worker 所写的主题（或 CLS_TOPIC_ID），或 CloudBase 环境的日志
  --since <分钟>     已部署函数：从多少分钟前开始（默认 10）
  --help             显示本说明

读取已部署函数的日志需要 TENCENTCLOUD_SECRET_ID 与 TENCENTCLOUD_SECRET_KEY，且该用户有权读取。`,

  completion: `用法：npm run -s completion -- <shell>

输出补全脚本，让 shell 补全本项目的命令：npm run <命令>、npm run invoke 的函数与操作，以及各选项。在其他文件夹里，npm 的
补全保持原样。

  bash   eval "$(npm run -s completion -- bash)"       写入 ~/.bashrc
  zsh    eval "$(npm run -s completion -- zsh)"        写入 ~/.zshrc，在 compinit 之后
  fish   npm run -s completion -- fish | source        写入 ~/.config/fish/config.fish
  --help 显示本说明

那里需要本项目的文件夹：在 $( … ) 中加上 cd，或把脚本保存为文件。`,

  test: `用法：npm test [-- <路径的一部分> …] [选项]

离线运行测试：全部，或路径包含所给词语的测试，例如 npm test -- router menu。

  --mine           只运行你自己的测试：functions/callback/account.test.ts 及其旁边的测试，一两秒即可，
                   因为不需要构建或启动任何东西
  --mine --watch   每次保存文件后再次运行
  --quick          跳过启动真实进程、浏览器与第三方程序的测试（*.e2e、*.browser、*.smoke 与 soak）：
                   仍运行九成以上的测试，用时约三分之一
  -t <词语>        只运行名称包含这些词语的测试
  --watch          反复运行自上次提交以来有改动的部分
  --help           显示本说明

其余选项为 jest 自带：https://jestjs.io/docs/cli。退出码 1 表示有测试失败。`,

  build: `用法：npm run build -- [函数 …] [选项]

把 functions/ 的函数（全部或指定的）打包到 dist/<函数>：index.js 及其按需加载的部分；callback 与 api-proxy
还有 server.js 与 scf_bootstrap，用于 HTTP 函数或容器。打包全部时还会把接口代理的客户端写到 dist/client，
可用 npm install ./dist/client 安装。

  --driver <名称>  存储驱动：node-sdk（默认）或 tcb-admin 用于 CloudBase 文档，postgres 用于 PostgreSQL；
                   默认取环境变量 STORE_DRIVER
  --sbom           同时写出 dist/sbom.json：每个包里有哪些依赖（CycloneDX）
  --json           以 JSON 输出结果，而不是表格
  --help           显示本说明`,

  docs: `用法：npm run docs -- [选项]

重新生成 docs/ 与 docs/zh-CN/ 的参考页：账号可导入的 API 来自其声明与注释，操作来自函数的 schema，消息与事件来自 shared/wechat/message，
接口来自接口目录；ctx.api 可调用的名称及其类型（附微信官方文档链接）也由接口目录生成。

  --check  不写文件；有文件不是最新时退出码为 1
  --json   以 JSON 输出文件名
  --help   显示本说明`,

  variables: `用法：npm run variables -- [选项]

把 ${accountName(ownRoot)} 声明的变量交给运行它的函数：写入 serverless.yml、cloudbaserc.json 与
.env.example，并移除不再声明的变量。npm run check 也会这样做。部署时取值来自 .env，npm start 时来自
.env.local 或 shell。

  --check  不写文件；有文件不是最新时退出码为 1
  --json   以 JSON 输出文件名
  --help   显示本说明`,
} as const;
