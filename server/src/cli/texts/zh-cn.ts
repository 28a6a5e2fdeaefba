/** What the command line says in Simplified Chinese. */
import { zh } from "../../flow/chinese.ts";
import type { Severity } from "../../flow/findings.ts";
import { textsOf } from "../../flow/texts.ts";
import type { Choice, CliTexts, ValueKind } from "./en.ts";

const CHOICES: Readonly<Record<Choice, string>> = {
  format: "格式",
  "kind of numbers": "序号形式",
  language: "语言",
  rule: "规则",
  severity: "级别",
  spacing: "间距",
  states: "状态名",
  strategy: "方式",
  theme: "配色",
  vantage: "抓包位置",
};

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "错误", warning: "警告", info: "信息", hint: "提示" };

const KINDS: Readonly<Record<ValueKind, string>> = {
  boolean: "布尔值",
  number: "数字",
  patterns: "模式的列表",
  string: "文本",
};

const FOUND: Readonly<Record<Severity, (count: number) => string>> = {
  error: (count) => zh`${count} 个错误`,
  warning: (count) => zh`${count} 个警告`,
  info: (count) => zh`${count} 条信息`,
  hint: (count) => zh`${count} 条提示`,
};

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: "没有权限",
  EPERM: "没有权限",
  ENOENT: "没有这个文件或文件夹",
  EISDIR: "是文件夹",
  ENOTDIR: "路径中有一部分不是文件夹",
  ELOOP: "符号链接形成循环",
  ENOSPC: "磁盘空间不足",
  EROFS: "磁盘是只读的",
};

const lastConnection = (count: number): string => (count === 1 ? "只有连接 0" : zh`有连接 0 到 ${count - 1}`);

export const ZH_CN: CliTexts = {
  usage: (commands) => `用法：tcpflowc 命令 [选项] [路径…]

检查用 TCPFlow 语言写的 TCP 报文段交互，并画出梯形图。

${commands}

  tcpflowc 命令 --help      某个命令的选项
  tcpflowc --version
  --locale en|zh-cn         消息的语言，可用于任何命令；默认取自环境变量
                            （LC_ALL、LC_MESSAGES、LANG）
`,
  internalError: (error) => `内部错误：${error}`,
  unknownCommand: (name, near) =>
    zh`没有命令“${name}”；${near === undefined ? zh`见 ${"tcpflowc --help"}` : zh`是否应为 ${near}？`}`,
  unknownOption: (option, near) => zh`没有选项 ${option}${near === undefined ? "" : zh`；是否应为 ${`--${near}`}？`}`,
  valueMissing: (option) => zh`选项 ${option} 缺少值`,
  takesNoValue: (option) => zh`选项 ${option} 不带值`,
  valueAmbiguous: (option) => zh`选项 ${option} 的值有歧义`,
  unknownValue: (choice, value, near, known) =>
    zh`没有 ${CHOICES[choice]}“${value}”；${near === undefined ? `可用：${known.join("、")}` : zh`是否应为 ${near}？`}`,
  noCount: (option, value) => zh`${option}：“${value}”不是 0 或更大的整数`,
  ruleSetting: (setting) => zh`${`--rule ${setting}`}：应写成“规则=级别”，例如 unfinished=off`,

  noJsonObject: "不是 JSON 对象",
  unknownKey: (key, near) => zh`未知的键“${key}”${near === undefined ? "" : `；是否应为 ${near}？`}`,
  oneOf: (key, known) => zh`${key} 应为 ${known.join("、")} 之一`,
  ofKind: (key, kind) => zh`${key} 应为${KINDS[kind]}`,

  noPath: "没有给出路径；请写文件、文件夹或模式，标准输入写作 -",
  noneInFolder: (endings) => zh`该文件夹中没有 ${endings.join("、")} 文件`,
  noneMatches: (endings) => zh`没有 ${endings.join("、")} 文件与该模式匹配`,
  noSuchFile: "没有这个文件或文件夹",
  notReadHere: (endings) => zh`不读取这种文件（可读取 ${endings.join("、")}）`,
  notRegular: "不是普通文件",
  tooBig: (size, most) => zh`文件太大：${size} MiB，超过 ${most} MiB`,
  inputTooBig: (most) => zh`输入太大：超过 ${most} MiB`,
  noText: "不是文本文件",
  noUtf8: "不是 UTF-8 文本",
  system: SYSTEM,
  about: (path, text) => zh`${path}: ${text}`,
  complaints: (all) => all.join("；"),

  fixesFiles: "--fix 要改写文件；标准输入不是文件",
  progress: (done, total) => zh`已检查 ${done} / ${total} 个文件`,
  tooManyWarnings: (count, most) => zh`${FOUND.warning(count)}，超过 --max-warnings ${most}`,
  severity: (severity) => SEVERITIES[severity],
  labelled: (label, text) => `${label}：${text}`,
  fix: "改法",
  fixed: "已改正",
  found: FOUND,
  noFindings: "未发现问题",
  list: (parts) => parts.join("，"),
  flows: (flows, files) => zh`${files} 个文件中的 ${flows} 个交互`,
  captures: (count) => zh`${count} 个抓包文件`,
  both: (parts) => parts.join("和 "),
  foundIn: (found, where) => `${where}：${found}`,
  hintsHidden: "（用 --hints 显示提示）",
  checkSaysWhich: (path, errors) => zh`${path}: ${FOUND.error(errors)}；详情见 tcpflowc check`,

  noFilter: (value) => zh`--filter：“${value}”不是 host:port、host 或 :port`,
  atPacket: (path, packet) => zh`${path}: 第 ${packet} 个分组`,
  ofPacket: (packet, message) => zh`第 ${packet} 个分组：${message}`,
  line: (line) => zh`第 ${line} 行`,
  packets: "分组",
  atOctet: (path, octet, message) => zh`${path}: 偏移 ${octet} 字节：${message}`,
  withOctet: (message, octet) => zh`${message}（偏移 ${octet} 字节）`,
  segmentsOf: (segments, connections) => zh`${connections} 个连接的 ${segments} 个报文段`,
  skipped: (parts) => `跳过的分组：${parts.join("，")}`,
  doubled: (count) => zh`${count} 个分组抓到两次`,
  lacking: (count) => zh`有 ${count} 处缺少分组`,
  notShown: (count) => zh`另有 ${count} 个问题未显示`,
  remarks: (parts) => parts.join("；"),
  noConnectionNumber: (value) => zh`--connection：“${value}”不是数字；连接从 0 开始编号`,
  noSegment: "该抓包文件中没有 TCP 报文段",
  nothingFits: "没有发往或来自 --filter 所指之处的 TCP 报文段",
  noConnection: (wanted, count) => zh`没有连接 ${wanted ?? ""}；${lastConnection(count)}`,
  tooManySegments: (segments, most) => zh`${segments} 个报文段太多，无法写成文本（最多 ${most} 个）`,
  pickConnection: (text, count) => zh`${text}；${lastConnection(count)}：请用 --connection 选择一个`,

  pictures: (count, folder) => zh`${folder} 中的 ${count} 张图`,
  cannotDraw: (path, ending, known) => zh`${`-o ${path}`}：不能画成“${ending}”；可用：${known.join("、")}`,
  noScale: (value, least, most) => zh`--scale：“${value}”不是 ${least} 到 ${most} 的数`,
  noRasteriser: "画 PNG 需要 npm 包 tcpflow-lang（`npm install tcpflow-lang`），其中有所需的字体",
  noPageParts: "缺少网页的脚本；请用 `npm run build` 构建",
  noImageToStdout: "PNG 不是文本，不能写到标准输出；请用 -o 指定文件",
  scaledDown: (place, scale) => zh`${place}：图很大，按 ${scale.toFixed(2)} 倍绘制`,
  noFlowInFiles: "这些文件中没有交互",
  notIntoOneFile: (flows) => zh`${flows} 个交互不能画到一个文件中；请用 -o 指定文件夹`,
  samePlace: (place) => zh`有两个交互要画到 ${place}；请逐个文件夹处理`,
  noEnd: (name, known) => zh`--test：没有名为“${name}”的一端；可用 ${known.join("、")}`,
  nameOutput: "convert：请用 -o 指定要写的文件，标准输出写作 -",
  oneFile: (command) => zh`${command} 一次只处理一个文件`,
  noCaptureToStdout: "抓包文件不是文本，不能写到标准输出；请用 -o 指定文件",
  sayTo: (path, formats) => zh`${`-o ${path}`}：请用 --to 说明写成什么（${formats.join("、")}）`,
  noFlow: (path) => zh`${path}: 该文件中没有交互`,
  convertsOne: (path, flows) => zh`${path}: 有 ${flows} 个交互；convert 只处理一个`,
  inPlaceInput: "--in-place 会修改文件；标准输入不是文件",
  inPlaceOutput: "convert：--in-place 不写其他文件；请去掉 -o",
  dryRunAlone: "convert：--dry-run 须与 --in-place 合用",
  diagramsConverted: (path, count) => zh`${path}: 已转换 ${count} 个图`,
  noDiagrams: "这些文件中没有描述 TCP 的 Mermaid 图",
  standsAlone: "format：- 只能单独使用，结果写到标准输出",
  formatted: (path) => zh`已整理 ${path}`,
  oneMarkdown: "markdown 一次只处理一个文件",
  noBook: "mdbook：标准输入不是 mdBook 交来的书",
  oneRule: "explain 一次只说明一条规则",
  inBrackets: (text, rfc) => `（${text}${rfc === undefined ? "" : `，${rfc}`}）`,
  wrong: "错误示例",
  right: "正确示例",
  columns: { line: "行", time: "时间", event: "事件", changes: "变化" },
  receives: (who, segment) => zh`${who} 收到 ${segment}`,
  isLost: (segment) => `丢失：${segment}`,
  className: textsOf("zh-cn").className,
};
