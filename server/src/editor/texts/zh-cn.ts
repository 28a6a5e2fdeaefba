/** What the editor says in Simplified Chinese, beside findings and the glossary. */
import { zh } from "../../flow/chinese.ts";
import type { Purpose } from "../../flow/purposes.ts";
import type { NamedRole } from "../words.ts";
import type { EditorTexts } from "./en.ts";

const DOES: Readonly<Record<Purpose, (from: string, to: string) => string>> = {
  open: (from) => zh`请求建立连接：${from} 给出自己的初始序号`,
  answer: (from, to) => zh`应答 ${to} 的 SYN，同时给出 ${from} 的初始序号`,
  acknowledge: (_, to) => zh`确认已从 ${to} 收到的全部内容`,
  data: (from) => zh`${from} 的新数据`,
  finish: (from) => zh`${from} 的数据流到此结束；另一个方向仍可继续`,
  repeat: (_, to) => zh`重传 ${to} 尚未确认的最早的报文段`,
  probe: (_, to) => zh`探测：${to} 若仍在，就必须应答`,
  reset: (from) => zh`${from} 拒绝或放弃该连接`,
};

const ROLES: Readonly<Record<NamedRole, string>> = { endpoint: "端点", symbol: "符号", segment: "报文段" };

export const ZH_CN: EditorTexts = {
  errors: (number) => zh`${number} 个错误`,
  warnings: (number) => zh`${number} 个警告`,
  segments: (number) => (number === 0 ? "没有报文段" : zh`${number} 个报文段`),
  connections: (number) => zh`${number} 个连接`,
  endsIn: (states) => zh`结束于 ${states}`,
  preview: "预览",

  fixAll: "修正所有只有一种改法的错误",
  expect: (rule) => zh`标注此处预期违反 ${rule}：有意展示`,
  allow: (rule) => zh`在此处允许 ${rule}`,
  completeClose: "补全连接释放过程",
  writeNumbers: (several) => (several ? "写出这些报文段的序号和确认号" : "写出该报文段的序号和确认号"),
  writeAllNumbers: "写出所有序号和确认号",
  leaveOutNumbers: (several) => (several ? "省略这些报文段的序号和确认号" : "省略该报文段的序号和确认号"),
  leaveOutAllNumbers: "省略所有可以推算的序号和确认号",
  markLost: "把该报文段标为丢失",
  letArrive: "让该报文段到达",
  crossWithNext: "让该报文段与下一个交叉",
  defineSymbol: (name, text) => zh`给 ${name} 一个数值：${text}`,
  symbolsToNumbers: "把所有符号改写为数字",
  numbersToSymbols: "把所有数字改写为符号",

  noName: (text) => zh`“${text}”不能作为名称：请用字母、数字和 _，以字母开头`,
  taken: (role, name) => zh`已有另一个 ${ROLES[role]} 名为 ${name}`,

  noFlags: "无标志",
  place: (line, flags) => zh`第 ${line} 行（${flags}）`,
  classes: (names) => `：${names.join("，")}`,
  state: "状态",
  isLost: "该报文段丢失。",
  staysInNetwork: "该报文段滞留在网络中。",
  acknowledges: (places) => zh`确认 ${places.join("、")}。`,
  acknowledgedBy: (place) => zh`由 ${place} 确认。`,
  sentences: (parts) => parts.join(""),

  seqField: (from) => zh`序号：该报文段的第一个字节（或 SYN、FIN）在 **${from}** 的数据流中的编号。`,
  ackField: (from, to) => zh`确认号：**${from}** 期望从 **${to}** 收到的下一个序号。`,
  lenField: (from) => zh`**${from}** 所发数据的字节数。`,
  winField: (from) => zh`窗口字段：从确认号算起 **${from}** 还能接收多少。`,
  urgField: "紧急指针。",
  shouldBe: (value) => zh`应为 \`${value}\`。`,
  symbol: (name, meaning, line) => zh`**${name}**：${meaning}，在第 ${line} 行确定。`,
  isValue: (value) => zh`它的值是 \`${value}\`。`,
  byLet: "用 `let` 定义",
  inStream: (who) => zh`**${who}** 的数据流中的一个序号`,
  ofOctets: (who) => zh`**${who}** 所发的字节数`,
  aNumber: "一个数",

  entry: (word, means, rfc) => zh`**${word}**：${means}${rfc === undefined ? "" : `（${rfc}）`}`,
  withSection: (text, rfc) => `${text}（${rfc}）`,
  enteredFrom: "从以下状态进入",
  leftFor: "由此转到",

  does: DOES,
  stays: (state) => zh`保持 ${state}`,
  sentence: (text) => `${text}。`,
  endPassage: (who, passage) => zh`${who}：${passage}`,
  isLostHere: (to) => zh`丢失：${to} 收不到它，发送方将重传`,

  wholeHandshake: "完整的三次握手",
  wholeClose: "完整的连接释放（双向）",
  bothSentFirst: "两个报文段都发出之后才有一个到达",
  opens: "请求建立连接",
  opensHow: "客户端：CLOSED → SYN-SENT。服务器：LISTEN → SYN-RECEIVED。RFC 9293 §3.5",
  arrivesNow: "网络中的报文段此时到达",
  neverArrives: "网络中的报文段不再到达",
  assertsStates: "断言此处各端点的状态",
  onPurpose: "有意展示的错误",
  silentHere: "此处不报告该问题",

  blank: "留给读者的空格",
  asComputed: "在这一行算出的值",
  optionList: "选项：`<mss 1460, sackOK>`",
  asName: "给报文段命名，以便后面说明它何时到达",
  takes: "在途中的时间：`takes 40ms`",
  old: "此前遗留的重复报文段",
  spoofing: "伪造的源地址：`spoofing client`",
  startState: "连接的初始状态",
  label: '显示名称：`as "Web server"`',
  unchecked: "该端点不作检查，也不补全",
  timeWaitLength: "TIME-WAIT 的长度",
  rtoNow: "当前的超时重传时间",
  twiceLatency: "单程时延的两倍",
  lifetime: "报文段最大生存时间",
  ackDelay: "推迟确认的常见时间",
  second: "一秒",
  secondCopy: "它的第二个副本",
  itNeverArrives: "它不再到达",

  brokenCapture: (message, offset) => zh`无法读取此抓包文件：${message}（偏移 ${offset} 字节）。`,
  noTcp: "此抓包文件中没有 TCP 报文段。",
  tooLong: (segments, most) => zh`此连接有 ${segments} 个报文段，作为文本太多（最多 ${most} 个）。`,
};
