/** What a finding says, in Simplified Chinese. */
import { zh } from "./chinese.ts";
import type { Failure, Messages, VerdictTexts, Words } from "./messages.ts";

const shouldBe = ({ field, expected }: Words): string =>
  expected === undefined ? zh`${field} 与前文接不上` : zh`${field} 应为 ${expected}`;

const cause = ({ cause }: Words, otherwise: string): string => cause ?? otherwise;

const VERDICTS: VerdictTexts = {
  "no-flags": (w) => zh`报文段必须有标志：此处应为 ${w.flags ?? "ACK"}`,
  "syn-with-fin": (w) => zh`SYN 与 FIN 不能同时出现：建立连接的报文段不能关闭连接；此处应为 ${w.flags ?? "SYN"}`,
  "reset-with-others": () => "RST 不与 SYN 或 FIN 同时出现：它既不建立连接，也不正常关闭连接",
  "opener-has-ack": (w) => zh`第一个 SYN 不带 ACK：${w.sender} 尚未收到任何可以确认的内容`,
  "syn-ack-due": (w) => zh`${w.sender} 必须用一个 SYN+ACK 报文段应答 ${cause(w, "SYN")}`,
  "syn-when-open": (w) => zh`${w.state ?? "该状态"} 下不能发送 SYN：${w.sender} 的 SYN 已被确认`,
  "nothing-arrived": (w) =>
    w.cause === undefined
      ? zh`${w.sender} 处于 LISTEN，收到 SYN 之前什么都不发送`
      : zh`${w.sender} 仍处于 LISTEN：${w.cause} 尚未到达`,
  "not-open": (w) => zh`${w.sender} 没有连接：处于 CLOSED 的一方只能发送 SYN，或者用 RST 应答`,
  "not-yet-open": (w) =>
    w.cause === undefined
      ? zh`${w.sender} 处于 ${w.state ?? "SYN-SENT"}，必须等到自己的 SYN 被确认`
      : zh`${w.sender} 仍处于 ${w.state ?? "SYN-SENT"}：自己的 SYN 未被确认，${w.cause} 尚未到达`,
  gone: (w) => zh`${w.sender} 处于 ${w.state ?? "CLOSED"}：连接已不存在，只能用 RST 应答`,
  "after-own-reset": (w) => zh`${w.sender} 已复位该连接，不再在其上发送任何报文段`,
  "second-fin": (w) =>
    w.expected === undefined
      ? zh`${w.sender} 已经发送过 FIN（${w.place ?? "见上文"}）：一个方向的数据流只结束一次`
      : zh`重传的 FIN 使用原来的序号：seq 应为 ${w.expected}，与 ${w.place ?? "第一个 FIN"} 相同`,
  "fin-within": (w) => zh`此处不能有 FIN：${w.cause ?? "后面的数据"} 已在该报文段之后发送，FIN 只能在最后一个字节之后`,
  "ack-flag-off": () => "没有 ACK 标志的报文段会被接收方丢弃：第一个 SYN 之后的报文段都带 ACK",
  "number-without-flag": () => "没有 ACK 标志时确认号没有意义",
  "must-be": (w) =>
    w.cause === undefined
      ? shouldBe(w)
      : zh`${shouldBe(w)}：${w.cause} ${w.field === "seq" ? "之后的下一个序号" : "之后应确认到这里"}`,
  "new-symbol": (w) =>
    zh`${shouldBe(w)}：这个数${w.cause === undefined ? "已经确定" : zh`由 ${w.cause} 确定`}，写成 ${w.written ?? "新符号"} 就看不出来了`,
  "never-sent-gap": (w) => zh`${shouldBe(w)}：${w.sender} 从未发送过中间的那一段`,
  "syn-counts": (w) => zh`${shouldBe(w)}：${cause(w, "SYN")} 要占用一个序号`,
  "fin-counts": (w) => zh`${shouldBe(w)}：${cause(w, "FIN")} 要占用一个序号`,
  "length-counts": (w) =>
    w.octets === undefined
      ? zh`${shouldBe(w)}：${cause(w, "数据")} 的每个字节都占用一个序号`
      : zh`${shouldBe(w)}：${cause(w, "数据")} 有 ${w.octets} 个字节，每个字节占用一个序号`,
  "last-octet": (w) => zh`${shouldBe(w)}：它指的是期望的下一个字节，而不是 ${cause(w, "数据")} 的最后一个字节`,
  "ack-takes-none": (w) => zh`${shouldBe(w)}：${cause(w, "纯 ACK")} 不占用序号`,
  "one-below": (w) => zh`${shouldBe(w)}：保活报文段的序号比下一个序号小 1，才能引出应答`,
  "stream-ended": (w) => zh`${cause(w, "FIN")} 之后不能再有数据：${w.sender} 的数据流已经结束`,
  "acknowledged-already": (w) => zh`${w.sender} 已经知道这些内容全部收到了`,
  "went-back": (w) => zh`${shouldBe(w)}：确认号不会后退`,
  "older-than-arrived": (w) =>
    w.cause === undefined
      ? zh`${shouldBe(w)}：${w.sender} 已收到更多内容`
      : zh`${shouldBe(w)}：${w.cause} 已到达 ${w.sender}`,
  "never-sent": (w) => zh`${shouldBe(w)}：${w.receiver} 还没有发送那么多`,
  lost: (w) => zh`${shouldBe(w)}：${cause(w, "它所确认的报文段")} 已丢失`,
  "under-way": (w) => zh`${shouldBe(w)}：${cause(w, "它所确认的报文段")} 尚未到达`,
  "above-hole": (w) => zh`${shouldBe(w)}：${cause(w, "它所确认的报文段")} 之前有缺口，缺少前面的内容`,
  "nothing-new": (w) =>
    w.cause === undefined
      ? "没有收到任何需要它确认的内容"
      : zh`没有收到任何需要它确认的内容：${w.cause} 不要求应答，或者已有应答`,
  "peers-symbol": (w) => zh`${w.written ?? "这个符号"} 是 ${w.receiver} 的数据流的序号：两个方向各有自己的初始序号`,
  "reset-answers-reset": () => "从不用 RST 应答 RST",
  "reset-acknowledged": (w) => zh`RST 不需要确认：它已经终止了 ${w.sender} 的连接`,
  "reset-form": (w) =>
    w.flags === undefined
      ? zh`${shouldBe(w)}：只有这个数才能使复位生效`
      : zh`应答 ${cause(w, "它")} 的复位应为 ${w.flags}`,
  "challenge-due": (w) => zh`${cause(w, "该报文段")} 应以 ACK 应答，而不是 RST：${w.sender} 的连接仍然有效`,
  "pair-reused": (w) => zh`${w.sender} 处于 TIME-WAIT：经过 2MSL 之后这一对端口才能再用`,
  undrawn: (w) =>
    zh`${w.written ?? "这个数"} 表示还有没画出的数据${w.expected === undefined ? "" : zh`，在 ${w.expected} 之后发送`}`,
  "beyond-window": (w) =>
    zh`超出了 ${w.receiver} 的接收窗口${w.cause === undefined ? "" : zh`（见 ${w.cause}）`}${w.expected === undefined ? "" : zh`：只能再收 ${w.expected} 个字节`}`,
  "edge-moved-left": (w) =>
    zh`窗口右边沿左移了：已经许诺的部分仍应接收${w.expected === undefined ? "" : zh`，即 win=${w.expected} 或更大`}`,
  "beyond-mss": (w) =>
    w.expected === undefined
      ? zh`报文段的数据超过了 ${w.receiver} 的 MSS`
      : zh`${w.receiver} 每个报文段最多接收 ${w.expected} 个字节的数据`,
  "data-on-syn": () => "SYN 可以携带数据，但要到连接建立后才交付；不用 Fast Open 时很少见",
  "syn-only": () => "该选项只出现在 SYN 报文段中，在其他报文段中会被忽略",
  "not-offered": (w) => zh`${w.receiver} 的 SYN 没有提出该选项，因此 SYN+ACK 也不能有`,
  "sack-not-permitted": (w) => zh`${w.receiver} 不允许 SACK：它的 SYN 没有 sackOK`,
  "shift-too-large": () => "移位最多为 14",
  "sack-inverted": () => "SACK 块的左边界应在右边界之前：先写左边界，再写最后一个字节的下一个序号",
  "sack-below-ack": () => "该块已被确认；只有第一个块可以报告重复收到的数据",
  "sack-not-held": (w) => zh`${w.sender} 收到的并不正好是这些字节：块的右边界是已收到的最后一个字节的下一个序号`,
  "echo-without-ack": () => "没有 ACK 标志时 ecr 为 0：没有可以回送的时间戳",
  "echo-never-received": (w) => zh`${w.sender} 从未收到过这个时间戳`,
  "clock-runs-back": (w) => zh`${w.sender} 的时间戳不会后退`,
  "stamp-missing": () => "双方的 SYN 都同意使用时间戳，因此除 RST 外的每个报文段都要有时间戳",
  "no-relation": (w) =>
    w.expected === undefined
      ? zh`${w.written ?? "这个数"} 与此处应有的数没有任何关系：请用 \`let\` 给它的符号一个数值`
      : zh`${w.written ?? "这个数"} 与 ${w.expected} 没有任何关系：应写 ${w.expected}，或用 \`let\` 给它的符号一个数值`,
};

const FAILURES: Readonly<Record<Failure, string>> = {
  "does not exist": "没有连接",
  "already exists": "连接已存在",
  closing: "连接正在关闭",
};

export const ZH_CN: Messages = {
  verdicts: VERDICTS,
  call: (call, who, state, fails) => zh`${call} 在 ${state} 状态下失败：${FAILURES[fails]}（${who}）`,
  reset: (receiver, fate) =>
    fate === "no SYN acknowledged"
      ? zh`${receiver} 忽略该复位：在 SYN-SENT 状态下 RST 必须确认 SYN`
      : zh`${receiver} ${fate === "challenged" ? "用挑战 ACK 应答" : "丢弃该复位"}：RST 的序号恰好是 ${receiver} 期望的下一个序号才生效`,
};
