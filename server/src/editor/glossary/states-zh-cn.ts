/** What each state means, and how one gets in and out, in Simplified Chinese. */
import type { State } from "../../tcp/states.ts";
import type { StateEntry } from "./states.ts";

export const ZH_CN: Readonly<Record<State, StateEntry>> = {
  CLOSED: {
    means: "没有连接。",
    entered: [
      "`LAST-ACK`：自己的 FIN 得到确认",
      "`TIME-WAIT`：经过 2MSL",
      "`SYN-SENT` 或 `LISTEN`：调用 `close`",
      "任何状态：调用 `abort` 或收到 RST",
    ],
    left: ["`LISTEN`：调用 `listen`", "`SYN-SENT`：调用 `connect`，发送 SYN"],
  },
  LISTEN: {
    means: "等待任何一方的 SYN。",
    entered: ["`CLOSED`：调用 `listen`", "`SYN-RECEIVED`：收到 RST，而原先处于监听"],
    left: ["`SYN-RECEIVED`：收到 SYN，应答 SYN+ACK", "`SYN-SENT`：调用 `send`", "`CLOSED`：调用 `close`"],
  },
  "SYN-SENT": {
    means: "已发送 SYN，等待对方的 SYN。",
    entered: ["`CLOSED`：调用 `connect`", "`LISTEN`：调用 `send`"],
    left: [
      "`ESTABLISHED`：收到 SYN+ACK，应答 ACK",
      "`SYN-RECEIVED`：收到不带 ACK 的 SYN（同时打开）",
      "`CLOSED`：调用 `close`，或收到确认了该 SYN 的 RST",
    ],
  },
  "SYN-RECEIVED": {
    means: "双方都已发送 SYN，等待自己的 SYN 被确认。",
    entered: ["`LISTEN`：收到 SYN", "`SYN-SENT`：双方的 SYN 交叉"],
    left: ["`ESTABLISHED`：自己的 SYN 得到确认", "`FIN-WAIT-1`：调用 `close`", "`LISTEN` 或 `CLOSED`：收到 RST"],
  },
  ESTABLISHED: {
    means: "连接已建立，双向传送数据。",
    entered: ["`SYN-SENT`：收到 SYN+ACK", "`SYN-RECEIVED`：自己的 SYN 得到确认"],
    left: ["`FIN-WAIT-1`：调用 `close`，发送 FIN", "`CLOSE-WAIT`：收到 FIN"],
  },
  "FIN-WAIT-1": {
    means: "已发送 FIN，等待它被确认，或等待对方的 FIN。",
    entered: ["`ESTABLISHED` 或 `SYN-RECEIVED`：调用 `close`"],
    left: [
      "`FIN-WAIT-2`：自己的 FIN 得到确认",
      "`CLOSING`：先收到对方的 FIN",
      "`TIME-WAIT`：同一报文段既确认自己的 FIN，又带来对方的 FIN",
    ],
  },
  "FIN-WAIT-2": {
    means: "自己的 FIN 已被确认，等待对方的 FIN，仍可接收数据。",
    entered: ["`FIN-WAIT-1`：自己的 FIN 得到确认"],
    left: ["`TIME-WAIT`：收到 FIN，应答 ACK"],
  },
  "CLOSE-WAIT": {
    means: "对方的数据流已结束；本方仍可发送，直到用户关闭连接。",
    entered: ["`ESTABLISHED` 或 `SYN-RECEIVED`：收到 FIN"],
    left: ["`LAST-ACK`：调用 `close`，发送 FIN"],
  },
  CLOSING: {
    means: "双方都已发送 FIN，对方的 FIN 已收到；等待自己的 FIN 被确认。",
    entered: ["`FIN-WAIT-1`：收到 FIN，但它没有确认自己的 FIN（同时关闭）"],
    left: ["`TIME-WAIT`：自己的 FIN 得到确认"],
  },
  "LAST-ACK": {
    means: "两个方向的数据流都已结束，等待自己的 FIN 被确认。",
    entered: ["`CLOSE-WAIT`：调用 `close`"],
    left: ["`CLOSED`：自己的 FIN 得到确认"],
  },
  "TIME-WAIT": {
    means: "等待 2MSL，以便必要时重发最后一个 ACK，并让旧报文段从网络中消失。",
    entered: [
      "`FIN-WAIT-2`：收到 FIN",
      "`CLOSING`：自己的 FIN 得到确认",
      "`FIN-WAIT-1`：同一报文段既确认自己的 FIN，又带来对方的 FIN",
    ],
    left: ["`CLOSED`：经过 2MSL"],
  },
};
