/** The meaning of the words of a flow, in a sentence or two each, for hover and completion. */
import type { CallName, TimerName, VariableName } from "../../flow/flow.ts";
import type { ForLocales } from "../../flow/locale.ts";
import type { FieldName, OPENERS, OptionName, SETTINGS, VERBS } from "../../language/words.ts";
import type { FlagName } from "../../tcp/flags.ts";

export interface Entry {
  readonly means: ForLocales<string>;
  readonly rfc?: string;
}

export const FLAG_ENTRIES: Readonly<Record<FlagName, Entry>> = {
  SYN: {
    means: {
      en: "Opens: tells the first sequence number of its sender. Takes one number.",
      "zh-cn": "建立连接：给出发送方的初始序号。占用一个序号。",
    },
    rfc: "RFC 9293 §3.4",
  },
  FIN: {
    means: { en: "Its sender has no more data. Takes one number.", "zh-cn": "发送方不再有数据。占用一个序号。" },
    rfc: "RFC 9293 §3.6",
  },
  RST: {
    means: { en: "Ends the connection at once, or refuses it.", "zh-cn": "立即终止连接，或拒绝连接。" },
    rfc: "RFC 9293 §3.5.2",
  },
  PSH: {
    means: {
      en: "Hand the data to the application now. A segment with PSH carries data.",
      "zh-cn": "立即把数据交付应用进程。带 PSH 的报文段都有数据。",
    },
    rfc: "RFC 9293 §3.9.1.2",
  },
  ACK: {
    means: {
      en: "The acknowledgment number counts. On in every segment but the first SYN, and some RSTs.",
      "zh-cn": "确认号有效。除第一个 SYN 和某些 RST 外，每个报文段都带 ACK。",
    },
    rfc: "RFC 9293 §3.4",
  },
  URG: { means: { en: "The urgent pointer counts.", "zh-cn": "紧急指针有效。" }, rfc: "RFC 9293 §3.8.5" },
  ECE: {
    means: {
      en: "Echoes that a router has marked congestion; on a SYN, offers this.",
      "zh-cn": "回送路由器所作的拥塞标记；在 SYN 中表示支持这一功能。",
    },
    rfc: "RFC 3168 §6.1",
  },
  CWR: {
    means: { en: "Its sender has reduced its congestion window.", "zh-cn": "发送方已减小拥塞窗口。" },
    rfc: "RFC 3168 §6.1.2",
  },
};

export const FIELD_ENTRIES: Readonly<Record<FieldName, Entry>> = {
  seq: {
    means: {
      en: "Sequence number: that of the first octet of data, or of the SYN.",
      "zh-cn": "序号：第一个数据字节或 SYN 的序号。",
    },
    rfc: "RFC 9293 §3.4",
  },
  ack: {
    means: {
      en: "Acknowledgment number: the next number that its sender expects.",
      "zh-cn": "确认号：发送方期望收到的下一个序号。",
    },
    rfc: "RFC 9293 §3.4",
  },
  len: {
    means: {
      en: "Octets of data. Left out: none; with PSH, some.",
      "zh-cn": "数据的字节数。省略时没有数据；有 PSH 时表示有一些数据。",
    },
    rfc: "RFC 9293 §3.4",
  },
  win: {
    means: {
      en: "Window, as in the header: how many octets its sender takes from `ack` on.",
      "zh-cn": "窗口，即首部中的字段：发送方从 `ack` 起还能接收多少字节。",
    },
    rfc: "RFC 9293 §3.8.6",
  },
  urg: { means: { en: "Urgent pointer.", "zh-cn": "紧急指针。" }, rfc: "RFC 9293 §3.8.5" },
  data: {
    means: {
      en: "The data as text; its length in UTF-8 octets is `len`.",
      "zh-cn": "数据的文字内容；其 UTF-8 字节数就是 `len`。",
    },
  },
};

export const OPTION_ENTRIES: Readonly<Record<OptionName, Entry>> = {
  mss: {
    means: {
      en: "Maximum segment size: the most octets of data that its sender takes in a segment. On SYNs.",
      "zh-cn": "最大报文段长度：发送方在一个报文段中最多接收多少字节的数据。只用于 SYN。",
    },
    rfc: "RFC 9293 §3.7.1",
  },
  nop: { means: { en: "Padding between options.", "zh-cn": "选项之间的填充。" }, rfc: "RFC 9293 §3.1" },
  eol: { means: { en: "End of the list of options.", "zh-cn": "选项列表结束。" }, rfc: "RFC 9293 §3.1" },
  sackOK: {
    means: {
      en: "SACK permitted: its sender understands selective acknowledgments. On SYNs.",
      "zh-cn": "允许 SACK：发送方能够处理选择确认。只用于 SYN。",
    },
    rfc: "RFC 2018 §2",
  },
  sack: {
    means: { en: "Blocks that arrived above a hole: `sack 101:201`.", "zh-cn": "缺口之后已收到的块：`sack 101:201`。" },
    rfc: "RFC 2018 §3",
  },
  TS: {
    means: {
      en: "Timestamps: the sender's clock, and an echo of the peer's: `TS val 100 ecr 0`.",
      "zh-cn": "时间戳：发送方的时钟，以及对方时间戳的回送：`TS val 100 ecr 0`。",
    },
    rfc: "RFC 7323 §3",
  },
  wscale: {
    means: {
      en: "Window scale: later windows of its sender count in units of 2^n octets. On SYNs.",
      "zh-cn": "窗口扩大：发送方此后的窗口以 2^n 字节为单位。只用于 SYN。",
    },
    rfc: "RFC 7323 §2",
  },
  FO: {
    means: {
      en: "Fast Open cookie: with it, data on a SYN is delivered at once.",
      "zh-cn": "Fast Open cookie：有了它，SYN 携带的数据可以立即交付。",
    },
    rfc: "RFC 7413 §4.1.1",
  },
};

export const CALL_ENTRIES: Readonly<Record<CallName, Entry>> = {
  listen: { means: { en: "Passive open: waits for a SYN.", "zh-cn": "被动打开：等待 SYN。" }, rfc: "RFC 9293 §3.10.1" },
  connect: { means: { en: "Active open: sends SYN.", "zh-cn": "主动打开：发送 SYN。" }, rfc: "RFC 9293 §3.10.1" },
  send: {
    means: { en: "Hands data to TCP: `send 100`.", "zh-cn": "把数据交给 TCP：`send 100`。" },
    rfc: "RFC 9293 §3.10.2",
  },
  receive: {
    means: { en: "Takes data from TCP, which may open the window.", "zh-cn": "从 TCP 取走数据，窗口可能因此变大。" },
    rfc: "RFC 9293 §3.10.3",
  },
  shutdown: {
    means: {
      en: "Ends the own stream with FIN and goes on receiving.",
      "zh-cn": "用 FIN 结束本方的数据流，仍继续接收。",
    },
    rfc: "RFC 9293 §3.6",
  },
  close: {
    means: {
      en: "Ends the own stream with FIN and gives the connection back.",
      "zh-cn": "用 FIN 结束本方的数据流，并放弃该连接。",
    },
    rfc: "RFC 9293 §3.10.4",
  },
  abort: {
    means: { en: "Ends the connection at once with RST.", "zh-cn": "用 RST 立即终止连接。" },
    rfc: "RFC 9293 §3.10.5",
  },
};

export const TIMER_ENTRIES: Readonly<Record<TimerName, Entry>> = {
  retransmission: {
    means: { en: "The oldest unacknowledged segment is sent again.", "zh-cn": "重传最早的未被确认的报文段。" },
    rfc: "RFC 6298 §5",
  },
  persist: { means: { en: "A closed window is probed.", "zh-cn": "探测零窗口。" }, rfc: "RFC 9293 §3.8.6.1" },
  keepalive: { means: { en: "An idle connection is probed.", "zh-cn": "探测空闲的连接。" }, rfc: "RFC 9293 §3.8.4" },
  user: {
    means: { en: "The user timeout is over: the connection is aborted.", "zh-cn": "用户超时：异常中止连接。" },
    rfc: "RFC 9293 §3.10.8",
  },
  "time-wait": {
    means: { en: "2MSL are over: the connection is gone.", "zh-cn": "2MSL 已过：连接不再存在。" },
    rfc: "RFC 9293 §3.10.8",
  },
};

export const VARIABLE_ENTRIES: Readonly<Record<VariableName, Entry>> = {
  "snd.una": {
    means: { en: "Oldest number sent and not yet acknowledged.", "zh-cn": "已发送而未被确认的最小序号。" },
    rfc: "RFC 9293 §3.3.1",
  },
  "snd.nxt": { means: { en: "Next number to send.", "zh-cn": "下一个要发送的序号。" }, rfc: "RFC 9293 §3.3.1" },
  "snd.wnd": {
    means: { en: "How many octets from SND.UNA on the peer takes.", "zh-cn": "从 SND.UNA 起对方还能接收多少字节。" },
    rfc: "RFC 9293 §3.3.1",
  },
  "rcv.nxt": {
    means: {
      en: "Next number expected of the peer; what `ack` says.",
      "zh-cn": "期望从对方收到的下一个序号，即 `ack` 的值。",
    },
    rfc: "RFC 9293 §3.3.1",
  },
  "rcv.wnd": {
    means: { en: "How many octets from RCV.NXT on it takes.", "zh-cn": "从 RCV.NXT 起本方还能接收多少字节。" },
    rfc: "RFC 9293 §3.3.1",
  },
  iss: { means: { en: "Its initial sequence number.", "zh-cn": "本方的初始序号。" }, rfc: "RFC 9293 §3.3.1" },
  irs: { means: { en: "The peer's initial sequence number.", "zh-cn": "对方的初始序号。" }, rfc: "RFC 9293 §3.3.1" },
};

export const SETTING_ENTRIES: Readonly<Record<(typeof SETTINGS)[number], Entry>> = {
  latency: {
    means: {
      en: "How long each segment is under way: `set latency = 40ms`.",
      "zh-cn": "报文段在途中的时间：`set latency = 40ms`。",
    },
  },
  msl: {
    means: { en: "Maximum segment lifetime, 2 minutes if not set.", "zh-cn": "报文段最大生存时间，默认 2 分钟。" },
    rfc: "RFC 9293 §3.4.2",
  },
  rto: {
    means: { en: "The first retransmission timeout, 1 second if not set.", "zh-cn": "最初的超时重传时间，默认 1 秒。" },
    rfc: "RFC 6298 §2.1",
  },
  mss: {
    means: { en: "The largest segment in octets of data.", "zh-cn": "最大报文段的数据字节数。" },
    rfc: "RFC 9293 §3.7.1",
  },
  window: {
    means: { en: "The window of every segment that writes none.", "zh-cn": "未写明窗口的报文段所用的窗口。" },
    rfc: "RFC 9293 §3.8.6",
  },
};

export const OPENER_ENTRIES: Readonly<Record<(typeof OPENERS)[number] | "...", Entry>> = {
  title: { means: { en: "Heading of the picture.", "zh-cn": "图的标题。" } },
  endpoint: {
    means: {
      en: 'Declares endpoints: `endpoint client, server as "Web server" is LISTEN`.',
      "zh-cn": '声明端点：`endpoint client, server as "Web server" is LISTEN`。',
    },
  },
  crossing: {
    means: {
      en: "Everything in the block is sent before anything in it arrives.",
      "zh-cn": "块中的报文段全部发出之后才有一个到达。",
    },
  },
  repeat: { means: { en: "The block happens several times and is drawn once.", "zh-cn": "块重复多次，只画一次。" } },
  wait: { means: { en: "Time passes: `wait 2MSL`.", "zh-cn": "经过一段时间：`wait 2MSL`。" } },
  section: { means: { en: "Heading inside the flow.", "zh-cn": "交互中的小标题。" } },
  note: { means: { en: "A remark beside one lifeline or across several.", "zh-cn": "写在一条或几条生命线旁的注释。" } },
  let: { means: { en: "Gives a symbol a number: `let x = 1000`.", "zh-cn": "给符号一个数值：`let x = 1000`。" } },
  set: { means: { en: "A setting: `set latency = 40ms`.", "zh-cn": "设置：`set latency = 40ms`。" } },
  "...": {
    means: {
      en: "Left out: any legal data flowed and was acknowledged. States stay, numbers move on.",
      "zh-cn": "此处省略：可能有任意合法的数据往来，且都得到确认。状态不变，序号向前推进。",
    },
  },
};

export const VERB_ENTRIES: Readonly<Record<(typeof VERBS)[number], Entry>> = {
  is: { means: { en: "Asserts its state after the line before.", "zh-cn": "断言上一行之后的状态。" } },
  calls: { means: { en: "A user call.", "zh-cn": "用户调用。" } },
  timeout: {
    means: {
      en: "One of its timers fires; `retransmission` if left out.",
      "zh-cn": "它的一个计时器超时；省略时指 `retransmission`。",
    },
  },
  crashes: { means: { en: "Forgets its connections without a segment.", "zh-cn": "不发任何报文段而丢失所有连接。" } },
  arrives: {
    means: {
      en: "A segment sent with `~>`, or a second copy, arrives now.",
      "zh-cn": "用 `~>` 发送的报文段或第二个副本此时到达。",
    },
  },
  gets: {
    means: {
      en: "`gets lost`: a segment sent with `~>` never arrives.",
      "zh-cn": "`gets lost`：用 `~>` 发送的报文段不再到达。",
    },
  },
};

export const ARROW_ENTRIES: Readonly<Record<"->" | "-x" | "~>", Entry>> = {
  "->": { means: { en: "The segment arrives.", "zh-cn": "报文段到达。" } },
  "-x": { means: { en: "The segment is lost.", "zh-cn": "报文段丢失。" } },
  "~>": {
    means: {
      en: "The segment stays in the network until `NAME arrives`.",
      "zh-cn": "报文段滞留在网络中，直到 `NAME arrives`。",
    },
  },
};
