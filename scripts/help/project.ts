/** In Chinese, the help of the commands for those who change the project itself. */
export const project = {
  soak: `用法：npm run soak -- <项目> [选项]

让真实的进程在故障中长时间运行，并核对结果；退出码 1 表示违反了承诺。

  token      多个进程争抢同一个已过期或已作废的 access_token，同时存储出错、续期的进程被杀或被冻结
  inbox      每条消息投递一到三次，进程随机被杀；核对关注者收到什么、处理函数运行了几次
  conversation  带记忆、思考 1 至 25 秒的模型，进程随机被杀；核对每个问题只回答一次、顺序与会话状态
  metrics    实例被冻结、计数被归档、进程被杀、存储应答丢失时，核对各项指标之和
  mass-send  同步关注者、按条件计数并群发，worker 全部随机被杀；核对有没有人漏收或重收
  proxy      多个客户端超速调用接口代理，实例不断被杀；核对限速、可重试的调用与密钥泄露

  --instances、--messages、--followers、--seconds   规模
  --kills、--server-kills、--kill-every、--troubles、--faults   故障的次数、间隔或比例
  --seed N          决定故障发生的位置，便于重现
  --store NAME      函数的数据库：cloudbase（默认），或真实数据库 postgres
  --http-functions  callback 与 api-proxy 在一个进程中同时处理至多 50 个请求
  --home NAME       微信推送到哪里：server（默认）、wechat-container 或 wechat-function
  --json            只在 stdout 输出一个 JSON 对象
  --help            列出每个项目各自的选项、默认值与范围`,

  fuzz: `用法：npm run fuzz -- <目标> [选项]

在限定时间内用变异的输入喂给解析器，把引发绝不该发生之事的输入保存到 scripts/fuzz/corpus；每次测试都从这些输入开始。

  --minutes <分钟>    运行多久（默认 1）
  --seed <数>         重现同一串输入（默认每次不同）
  --json              以 JSON 输出报告
  --help              显示本说明

目标：push-body（推送的内容）、xml-scan（XML 快速读取）、event（消息与事件的字段）、proxy-route（代理的路径）、
csv（导入的文件）、multipart（表单）、json（微信的应答）。

退出码：没有发现为 0，有发现为 1，命令有误为 2。`,

  supply: `用法：npm run supply

检查 package-lock.json 中的依赖：许可证是否在 scripts/supply/known.json 允许之列，是否存在已知漏洞。软件源支持时会
查询（npm audit，针对机器人随 fuwuhao 安装的部分）；known.json 中的漏洞总会检查。

退出码：没有发现为 0，有发现为 1。`,

  models: `用法：npm run models [-- --check]

从官方 SDK（scripts/deploy）重新提取 scripts/cloud/models/actions.ts 所列操作的腾讯云接口模型。
--check 不改动文件，有差异时退出码为 1。`,

  bench: `用法：npm run bench [-- 部分 …] [--short] [--json] [--save]
      npm run bench -- check [--save]
      npm run bench -- cost | simulate [--json]

在同一次运行中轮流测量 fuwuhao 与其他库，核对每个应答，输出表格与比值。只有比值可以跨机器比较。其他库在首次需要时
安装到 scripts/bench。不指定部分则全部测量。

  check       精简测量并与 scripts/bench/ratios.json 比较；某个比值连续三次高出 30 % 以上时退出码为 1；加 --save
              则以三次运行写出该表
  cost        按 scripts/bench/platform.json 计算一百万条消息与一次群发的费用
  simulate    平台在每秒至多一万条消息下的模型
  --save      把 cost 与 simulate 的起始数据保存到 scripts/bench/figures.json
  --short     减少参与者与轮次
  --json      只在 stdout 输出一个 JSON 对象`,

  'test:at': `用法：npm run test:at -- <时刻> [--lead <秒>] [npm test 的参数]

在另一个时间运行测试，用 faketime（apt-get install faketime）移动每个进程的时钟；测试期间恰好经过该时刻。

  midnight         中国的一天结束：额度、报表与每日任务切换
  month-end        中国的一个月结束
  year-end         UTC 的一年结束，即中国的 8:00
  leap-day         中国的 2 月 29 日开始
  clocks-forward   纽约跳过一小时（机器位于纽约）
  clocks-back      纽约重复一小时（机器位于纽约）
  <时间>           任意其他时间，例如 2027-02-28T16:00:00Z

  --lead <秒>      在该时刻之前多久开始测试（默认 180）
  --help           显示本说明

退出码为测试的退出码；参数有误为 2。`,
} as const;
