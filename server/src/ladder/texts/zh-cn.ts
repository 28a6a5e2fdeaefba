/** What pictures say in Simplified Chinese. */
import { zh } from "../../flow/chinese.ts";
import type { Severity } from "../../flow/findings.ts";
import type { TimerName } from "../../flow/flow.ts";
import type { LadderTexts } from "./en.ts";

const TIMEOUTS: Readonly<Record<TimerName, string>> = {
  retransmission: "重传计时器超时",
  persist: "持续计时器超时",
  keepalive: "保活计时器超时",
  user: "用户超时",
  "time-wait": "2 MSL 超时",
};

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "错误", warning: "警告", info: "信息", hint: "提示" };

const FIELDS: Readonly<Record<string, string>> = {
  seq: "序号",
  ack: "确认号",
  len: "长度",
  win: "窗口",
  urg: "紧急指针",
};

export const ZH_CN: LadderTexts = {
  title: "TCP 报文段交互",
  noFlags: "无标志",
  oldDuplicate: "旧的重复报文段",
  list: (words) => words.join("，"),
  remarks: (words) => words.join("；"),
  forged: (source) => zh`伪造的源地址：${source}`,
  quoted: (text) => `“${text}”`,
  timeouts: TIMEOUTS,
  crash: "崩溃",
  footnote: (line, message, rule) => zh`第 ${line} 行：${message}（${rule}）`,
  severity: (severity) => SEVERITIES[severity],
  finding: (severity, rule, message) => zh`${severity} ${rule}：${message}`,
  findingAt: (line, finding) => zh`第 ${line} 行：${finding}`,
  note: "说明",
  inBrackets: (text) => `（${text}）`,
  noteLine: (text) => `注释：${text}`,
  timesLine: (count) => zh`重复 ${count} 次：`,
  andSoOn: "如此重复。",
  is: (claim) => zh`处于 ${claim}`,

  sendsLater: (label) => zh`发送 ${label}`,
  isLost: "丢失",
  arrivesAgain: "再次到达",
  waits: (time) => zh`等待 ${time}`,
  isSaidToBe: (claim) => zh`断言处于 ${claim}`,

  sends: (from, label, to) => zh`${from} 向 ${to} 发送 ${label}`,
  withFields: (text, fields) => `${text}，${fields.join("，")}`,
  fieldInWords: (name, value) => zh`${FIELDS[name] ?? name} ${value}`,
  blank: "待填写",
  oldReaches: (label, to) => zh`旧的报文段 ${label} 到达 ${to}`,
  late: (text) => `${text}，稍后到达`,
  stays: (text) => `${text}，仍在网络中`,
  lost: (text) => `${text}，丢失`,
  arrivesAt: (who, segment) => zh`到达 ${who}：${segment}`,
  arrives: (label, to) => zh`${label} 到达 ${to}`,
  segmentIsLost: (label) => zh`${label} 丢失`,
  isIn: (who, state) => zh`${who} 处于 ${state}`,
  isInBlank: (who) => zh`${who} 处于待填写的状态`,
  leadsTo: (words, states) => `${words}：${states}`,
  sentence: (text) => `${text}。`,
  sentences: (parts) => parts.join(""),
  mistake: (rule, message) => zh`错误 ${rule}：${message}。`,
  calls: (who, call) => zh`${who} 调用 ${call}`,
  happens: (who, what) => `${who}：${what}`,
  isSaid: (who, claim) => zh`断言 ${who} 处于 ${claim}`,
  passes: (time) => zh`经过 ${time}`,
  someLeftOut: "省略了一部分交互",
  leftOut: (what) => `省略：${what}`,
  noteSays: (text) => `注释：${text}`,
  times: (count) => zh`重复 ${count} 次`,
  andAgain: "如此重复",

  fieldOf: (field, segment) => zh`${segment}，其中的 ${field}`,
  stateOf: (who) => zh`${who} 的状态`,
  stateAfter: (who, what) => zh`${what}，此后 ${who} 的状态`,
};
