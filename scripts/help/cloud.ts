/** In Chinese, the help of the commands that reach a cloud or a database. */
export const cloud = {
  setup: `用法：npm run setup -- [选项]

在腾讯云账号中创建一个环境所需、且只有主账号能创建的东西（只需一次）：开通日志服务并创建日志主题，创建函数的
运行角色（由 SCF 扮演，可使用一个 CloudBase 环境并唤醒 worker），以及部署用的子账号；权限策略见
scripts/setup/policies。只补齐缺少的部分，逐步显示，并输出应写入 .env 的内容。请在环境变量中提供主账号密钥
（TENCENTCLOUD_SECRET_ID、TENCENTCLOUD_SECRET_KEY）运行，之后删除这些密钥；其余操作都使用子账号密钥，它由你在
控制台创建，其他人看不到。CLOUDBASE_ENV_ID 与 TENCENTCLOUD_REGION 来自环境变量或 .env。

  --stage <名称>   环境（默认 dev）；如有 .env.<名称>，则读取它而不是 .env
  --dry-run        只说明会创建什么
  --replace        同名策略与角色若与文件不同，则改成文件的内容
  --print          改为输出在控制台点击的步骤与要粘贴的策略，不调用任何接口
  --json           以 JSON 输出各步骤
  --help           显示本说明

退出码：一切就绪（--dry-run 时指可以创建）为 0，否则为 1。`,

  provision: `用法：npm run provision -- [选项]

在 CLOUDBASE_ENV_ID 的 CloudBase 环境中创建函数所需的东西：集合、索引、仅服务端可访问的权限，以及禁止小程序与
网页客户端按名称调用函数的规则。兼容旧环境的文档数据库与 PostgreSQL 文档（pg_doc），会说明哪些无法创建及其代价，
不改动他人创建的东西。首次部署前与每次更新后运行。CLOUDBASE_ENV_ID、TENCENTCLOUD_SECRET_ID、
TENCENTCLOUD_SECRET_KEY 与 TENCENTCLOUD_REGION 来自环境变量或 .env。

STORE_DRIVER 为 postgres 时改为执行 scripts/provision/postgres/migrations 中的迁移：对象是 DATABASE_URL（或
PGHOST …）的数据库，否则经由 CloudBase 操作环境中的 PostgreSQL。

  --check            只比较：有缺失或差异时退出码为 1
  --enable-documents 环境只有 PostgreSQL 而没有文档时，开通 pg_doc
  --replace          替换他人写的规则；不加则两者都显示
  --new <名称>       为集合需要而尚无迁移的部分生成一个迁移文件
  --stage <名称>     如有 .env.<名称>，则读取它而不是 .env
  --json             以 JSON 输出各步骤
  --help             显示本说明`,

  store: `用法：npm run store -- copy --from <存储> --to <存储> [选项]

让一个存储的文档与另一个相同：cloudbase（CLOUDBASE_ENV_ID 与腾讯云密钥）或 postgres（DATABASE_URL 或
PGHOST …），两者都须先 provision。已相同的只做比较，因此失败后可以再次运行，函数停止后再运行一次：见
docs/postgresql.md。一天内中断的会从断点继续。最后会再次读取双方的每个文档并比较各集合的摘要；不同则退出码为 1。

  --from <存储>    来源
  --to <存储>      目标
  --check          只比较，不改动：有文档不同则退出码为 1
  --remove         同时删除来源没有、且不会过期的文档；不加则拒绝这样的复制，因为 --from 与 --to 可能写反了
  --stage <名称>   如有 .env.<名称>，则读取它而不是 .env
  --json           以 JSON 输出报告
  --help           显示本说明`,

  doctor: `用法：npm run doctor -- [选项]

检查已部署的账号是否正常。从本机检查：设置、变量、密钥、时钟、PostgreSQL、集合，并像微信那样调用回调；由已部署的
worker 检查：令牌、微信接口、额度、菜单与失败的任务，因为微信只应答 IP 白名单中的地址。它不改动任何东西，只是回调会
收到一个事件 fuwuhao_doctor，并会生成首个令牌。每行说明正常、警告或失败，以及原因和处理办法。
设置与密钥来自环境变量或 .env；回调地址来自腾讯云。

  --url <地址>     回调的地址，如果它在 CUSTOM_DOMAIN 之外的域名下，或在微信云托管的容器中（会从外部尝试伪造的推送）
  --stage <名称>   部署的环境（默认 dev）；如有 .env.<名称>，则读取它而不是 .env
  --wait           等待首个令牌，至多 10 分钟：用于首次部署之后、把地址加入 IP 白名单期间
  --ci             用于流水线：会等待，不输出颜色，并为 GitHub Actions 标出失败
  --record <文件>  把对云接口的每次调用与应答写入文件，其中的密钥与 id 已替换：可附在问题报告里，也会成为本项目的测试
  --slow           另用十秒检查：微信断开连接后，较慢的处理函数是否继续运行；微信重试时要靠它作答
  --json           以 JSON 输出检查结果
  --help           显示本说明

退出码：没有检查失败为 0，否则为 1。`,

  deploy: `用法：npm run deploy [-- 选项]

打包函数，并按 serverless.yml 在腾讯云 SCF 上创建或更新它们及其地址、定时器与变量。可随时重复运行，地址不变。

首次部署之前（一次）：
  1. cp .env.example .env，填写账号（developers.weixin.qq.com/platform，我的业务 → 服务号 → 基础信息）与
     CLOUDBASE_ENV_ID。
  2. npm run setup         使用主账号密钥：创建角色与子账号；把子账号密钥写入 .env 的
                           TENCENTCLOUD_SECRET_ID 与 TENCENTCLOUD_SECRET_KEY
  3. npm run provision     在 CloudBase 创建集合
  4. npm run deploy        输出每个函数的地址
  5. 在微信后台把输出的 IP 填入 API IP白名单（开发密钥），并把消息推送（域名与消息推送配置）的地址设为 callback
     的地址，Token、EncodingAESKey 与加密方式同 .env。
  6. npm run doctor -- --wait   检查以上全部

  --stage prod             另一个环境，函数各自独立（默认 dev）；如有 .env.prod，则读取它而不是 .env
  -f, --function NAME      只部署这个函数
  --force                  即使没有变化也上传所有函数的代码
  --prune                  删除 serverless.yml 中已没有的函数
  --skip-preflight         不预先检查能否部署成功
  --replace-account        替换属于另一个公众号的函数
  --break-lock             移除已中断的部署留下的锁

退出码 0 表示每个函数都按 serverless.yml 运行；130 表示被信号中断；其他情况见输出，处理后再次运行。
详见 docs/zh-CN/deploy.md。`,

  'deploy:tcb': `用法：npm run deploy:tcb [-- 函数 …] [选项]

打包函数，并用 tcb fn deploy 按 cloudbaserc.json 部署到 CLOUDBASE_ENV_ID 的 CloudBase 环境：定时器、HTTP 访问路径、
变量。随后把实际情况与 cloudbaserc.json 比较，退出码 0 表示一致。CLOUDBASE_ENV_ID、账号以及
TENCENTCLOUD_SECRET_ID、TENCENTCLOUD_SECRET_KEY 来自环境变量或 .env。

  --stage <名称>    如有 .env.<名称>，则读取它而不是 .env
  --skip-preflight  不预先检查能否部署成功
  --replace-account 替换属于另一个公众号的函数
  --help            显示本说明

CLI 的其他功能用 npm run tcb -- <命令>，密钥相同，例如 npm run tcb -- fn list。详见 docs/zh-CN/deploy.md。`,

  'deploy:wechat': `用法：npm run deploy:wechat [-- 函数 …] [选项]

部署到微信云：微信经内部网络推送，不做签名。方式由 PUSH_DOOR 决定：

  cloud-function   所有函数部署到 CLOUDBASE_ENV_ID，即与账号共享的小程序云环境，使用 tcb fn deploy 与该环境的密钥
                   （TENCENTCLOUD_SECRET_ID、TENCENTCLOUD_SECRET_KEY）；回调没有公网地址
  container        回调部署到微信云托管的服务 WXCLOUD_SERVICE（默认 callback），环境为 WXCLOUD_ENV_ID，使用
                   wxcloud run:deploy；其余函数仍在 SCF 或 CloudBase（npm run deploy、npm run deploy:tcb）

随后检查微信推送到哪里；微信不开放接口的步骤会列出来，由你手动完成。

  --push <on|off>   设置消息推送：从现在起推送到这里，或不再推送到这里
  --dry-run         只显示什么会部署到哪里，不构建也不调用
  --prepare         只生成容器的文件夹 dist/wechat-container
  --stage <名称>    如有 .env.<名称>，则读取它而不是 .env
  --skip-preflight  不预先检查能否部署成功
  --replace-account 替换属于另一个公众号的函数
  --json            以 JSON 输出结果，其余输出到 stderr
  --help            显示本说明

退出码：全部部署完成，且（使用 --push 时）微信的设置符合要求为 0，否则为 1，输出会说明缺少什么。`,
} as const;
