import type { Bilingual } from '../project/language.ts';

/** The README of a new bot, in the language of who makes it. */
export const readme: Bilingual = {
  en: `# NAME

The backend of a WeChat Service Account, on [fuwuhao](node_modules/fuwuhao/README.md).

\`\`\`sh
npm install       # once
npm start         # the account on this machine, with a phone on a page to talk to it
npm test          # its tests, offline
npm run check     # variables, types, lint and tests
npm run deploy    # to Tencent SCF; npm run deploy:tcb to CloudBase
npm run update    # a newer fuwuhao, with what it changes in these files; yours stays
\`\`\`

| file | what it is |
| --- | --- |
| \`src/account.ts\` | the account: what it answers |
| \`src/*.test.ts\` | its tests |
| \`.env.example\` | the settings of a deploy; copy it to \`.env\` |
| \`serverless.yml\`, \`cloudbaserc.json\` | the deploys: timers, memory, variables (\`npm run variables\` writes those that the account declares) |

How to go on: [handlers](node_modules/fuwuhao/docs/handlers.md), [tests](node_modules/fuwuhao/docs/testing-a-bot.md), [deploy](node_modules/fuwuhao/docs/deploy.md), [this folder](node_modules/fuwuhao/docs/own-folder.md).
`,
  zh: `# NAME

微信服务号后端，基于 [fuwuhao](node_modules/fuwuhao/README.zh-CN.md)。

\`\`\`sh
npm install       # 只需一次
npm start         # 在本机运行账号，并打开一个带手机的网页与它对话
npm test          # 账号的测试，无需联网
npm run check     # 变量、类型、lint 与测试
npm run deploy    # 部署到腾讯云 SCF；npm run deploy:tcb 部署到 CloudBase
npm run update    # 更新 fuwuhao，并合并它对这些文件的改动；你的改动会保留
\`\`\`

| 文件 | 内容 |
| --- | --- |
| \`src/account.ts\` | 账号本身：如何回复 |
| \`src/*.test.ts\` | 它的测试 |
| \`.env.example\` | 部署所需的配置，复制为 \`.env\` 后填写 |
| \`serverless.yml\`、\`cloudbaserc.json\` | 部署文件：定时器、内存、变量（账号声明的变量由 \`npm run variables\` 写入） |

接下来：[处理函数](node_modules/fuwuhao/docs/zh-CN/handlers.md)、[测试](node_modules/fuwuhao/docs/zh-CN/testing-a-bot.md)、[部署](node_modules/fuwuhao/docs/zh-CN/deploy.md)、[独立目录](node_modules/fuwuhao/docs/zh-CN/own-folder.md)。
`,
};
