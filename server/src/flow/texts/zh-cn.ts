/** What findings say in Simplified Chinese. */
import type { State } from "../../tcp/states.ts";
import type { Vantage } from "../capture-table.ts";
import { zh } from "../chinese.ts";
import type { SegmentClass } from "../replay-types.ts";
import type { FlowTexts } from "./en.ts";

const WAYS: Readonly<Record<State, string>> = {
  CLOSED: "连接因最后一个 ACK、RST、异常中止（abort），或 TIME-WAIT 经过 2MSL 而结束",
  LISTEN: "被动打开之后才处于 LISTEN",
  "SYN-SENT": "发出 SYN 才进入 SYN-SENT",
  "SYN-RECEIVED": "收到 SYN 才进入 SYN-RECEIVED",
  ESTABLISHED: "既收到对方的 SYN、自己的 SYN 又得到确认，才进入 ESTABLISHED",
  "FIN-WAIT-1": "对方的 FIN 尚未到达而自己先关闭，才进入 FIN-WAIT-1",
  "FIN-WAIT-2": "自己的 FIN 得到确认才进入 FIN-WAIT-2",
  "CLOSE-WAIT": "先收到对方的 FIN 才进入 CLOSE-WAIT",
  CLOSING: "自己的 FIN 未得到确认就收到对方的 FIN，才进入 CLOSING",
  "LAST-ACK": "收到对方的 FIN 之后自己再关闭，才进入 LAST-ACK",
  "TIME-WAIT": "双方的 FIN 都得到确认后，先关闭的一方才进入 TIME-WAIT",
};

const VANTAGES: Readonly<Record<Vantage, string>> = { client: "客户端", server: "服务器", middle: "两者之间" };

const CLASSES: Readonly<Record<SegmentClass, string>> = {
  retransmission: "重传",
  "fast retransmission": "快重传",
  "spurious retransmission": "虚假重传",
  "duplicate ACK": "重复 ACK",
  "D-SACK": "D-SACK",
  "keep-alive": "保活",
  "keep-alive ACK": "保活 ACK",
  "zero window": "零窗口",
  "zero window probe": "零窗口探测",
  "zero window probe ACK": "零窗口探测 ACK",
  "window full": "窗口已满",
  "window update": "窗口更新",
  "port numbers reused": "端口号重用",
  "previous segment not captured": "未抓到前面的报文段",
  "acked unseen segment": "确认了未抓到的报文段",
  "simultaneous open": "同时打开",
  "simultaneous close": "同时关闭",
  "out of order": "失序",
  "challenge ACK": "挑战 ACK",
  duplicate: "重复",
};

export const ZH_CN: FlowTexts = {
  line: (number) => zh`第 ${number} 行`,
  packet: (number) => zh`第 ${number} 个分组`,
  segmentAt: (what, place) => zh`${place}的 ${what}`,
  data: "数据",
  theClient: "客户端",
  theServer: "服务器",
  notCaptured: "未抓到",
  capturedFrom: (file, number, one, two, vantage) =>
    zh`${file}，连接 ${number}：${one} - ${two}，抓包位置：${VANTAGES[vantage]}`,

  className: (name) => CLASSES[name],

  change: (what, to) => zh`把 ${what} 改为 ${to}`,
  changeFlags: (flags) => zh`把标志改为 ${flags}`,
  changeState: (state) => zh`把状态改为 ${state}`,
  changeBlock: (block) => zh`把该块改为 ${block}`,
  changeTo: (text) => zh`改为 ${text}`,
  add: (text) => zh`添加 ${text}`,
  leaveOut: (field) => zh`省略 ${field}`,
  removeOption: "删除该选项",
  removeSegment: "删除该报文段",
  removeAck: "删除该 ACK",
  removeRetransmission: "删除该重传",
  removeCall: "删除该调用",
  removeAnnotation: "删除该标注",
  takeDataOut: "去掉数据",
  sayDataIsLeftOut: "用 `...` 说明此处省略了数据",
  letArrive: (line) => zh`让第 ${line} 行的报文段到达`,
  letBeLost: (line) => zh`让第 ${line} 行的报文段丢失`,
  letThisArrive: "让该报文段到达",
  letThisBeLost: "让该报文段丢失",
  letCross: "让这两个报文段交叉",
  swapLines: "交换这两行",
  turnArrow: "把箭头反过来",
  letPass: (time) => zh`之前先等待 ${time}`,
  drawMissing: (line) => zh`画出缺少的报文段：${line}`,
  drawAnswer: (line) => zh`画出应答：${line}`,
  drawProbe: (line) => zh`画出探测：${line}`,

  otherWay: (from, to) => zh`该报文段的方向反了：应由 ${from} 发给 ${to}`,
  finNotCounted: (flags) => zh`后面各行都没有为这个 FIN 计入序号：改为 ${flags} 才与下文相符`,
  countedAsFin: (flags) => zh`后面各行像对待 FIN 那样为该报文段计入了一个序号：改为 ${flags} 才与下文相符`,
  noSyn: (flags) => zh`此处不应有 SYN：改为 ${flags} 才与下文相符`,
  openNeeds: (flags) => zh`建立连接时此处应是另一个报文段：改为 ${flags} 才与下文相符`,

  unmet: (rule) => zh`此处预期违反 ${rule}，实际并未违反`,
  unused: (rule) => zh`此处允许违反 ${rule}，实际并未违反`,
  stillTimeWait: (who) => zh`${who} 仍处于 TIME-WAIT：经过 2MSL 才进入 CLOSED`,
  otherState: (who, is, not, why) => zh`${who} 处于 ${is}，而不是 ${not}：${why}`,
  leftState: (state, line) => zh`第 ${line} 行的报文段到达时它已离开 ${state}`,
  ways: WAYS,
  otherVariable: (name, who, value) =>
    value === undefined ? zh`此处 ${who} 的 ${name} 是另一个数` : zh`此处 ${who} 的 ${name} 是 ${value}`,

  owesReply: (who, flags) => zh`${who} 对该报文段必须应答 ${flags}，图中始终没有画出`,
  owesProbe: (who) => zh`窗口关闭后 ${who} 还有数据待发：每经过一个 RTO 就应探测一次，否则可能永远等待下去`,

  endsOpen: (what, more) => zh`交互到此结束，但 ${what.join("；")}${more > 0 ? `，另有 ${more} 处` : ""}`,
  halfOpen: (who, state) => zh`${who} 处于半打开状态 ${state}`,
  halfClosed: (who, state) => zh`${who} 处于半关闭状态 ${state}`,
  establishedAlone: (who, peer) => zh`${who} 处于 ESTABLISHED，而对方处于 ${peer}`,
  outstanding: (who) => zh`${who} 还有未被确认的字节`,
  underWay: (segments) => zh`还有 ${segments} 个报文段在途中`,

  earlyKeepAlive: (who, after) => zh`${who} 过了 ${after} 就发送保活报文段：默认间隔不少于两小时`,
  shortTimeWait: (who, waited, least) => zh`${who} 的 TIME-WAIT 只持续了 ${waited}：2MSL 是 ${least}`,
  earlyRto: (who, after) => zh`${who} 的计时器过了 ${after} 就超时：RTO 不少于 1 秒`,
  notDoubled: (who, after, before) => zh`${who} 的计时器过了 ${after} 就超时：上一次是 ${before}，每次应加倍`,
  lateAck: (who, after) => zh`${who} 过了 ${after} 才确认：推迟确认的时间应小于 500 ms`,
  earlyFastRetransmission:
    "收到两个重复 ACK 就重传：快重传要等三个重复 ACK（连同原来的共四个相同的 ACK），否则要等计时器超时",
  tooOld: (age, msl) => zh`该报文段在途中 ${age}：报文段的寿命不超过一个 MSL，即 ${msl}`,
  timeIsOver: (time, now) => zh`${time} 已经过去：到这一行已过了 ${now}`,

  tooManyLines: (most) => zh`重复展开后最多 ${most} 行；其余的省略`,
  sentLater: (name) => zh`\`${name}\` 在后面才发送`,
  wasLost: (name) => zh`\`${name}\` 已经丢失；以后才到达的报文段用 ~> 发送`,
  hasArrived: (name) => zh`\`${name}\` 已经到达`,
  notArrived: (name) => zh`\`${name}\` 尚未到达：应写 \`${name} arrives\``,
  arrivesByItself: (name) => zh`\`${name}\` 会自行到达；第二个副本写作 \`${name} arrives again\``,
  hasArrivedOnce: (name) => zh`\`${name}\` 已经到达；第二个副本写作 \`${name} arrives again\``,
};
