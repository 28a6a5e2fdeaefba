/** What each state means, and how one gets in and out (RFC 9293 §3.3.2 and Figure 5). */

import type { ForLocales } from "../../flow/locale.ts";
import type { State } from "../../tcp/states.ts";
import { ZH_CN } from "./states-zh-cn.ts";

export interface StateEntry {
  readonly means: string;
  readonly entered: readonly string[];
  readonly left: readonly string[];
}

const EN: Readonly<Record<State, StateEntry>> = {
  CLOSED: {
    means: "There is no connection.",
    entered: [
      "`LAST-ACK` when its FIN is acknowledged",
      "`TIME-WAIT` after 2MSL",
      "`SYN-SENT` or `LISTEN` by `close`",
      "any state by `abort` or a RST",
    ],
    left: ["`LISTEN` by `listen`", "`SYN-SENT` by `connect`, which sends SYN"],
  },
  LISTEN: {
    means: "Waits for a SYN of anybody.",
    entered: ["`CLOSED` by `listen`", "`SYN-RECEIVED` by a RST, if it had been listening"],
    left: ["`SYN-RECEIVED` when a SYN arrives; it answers SYN+ACK", "`SYN-SENT` by `send`", "`CLOSED` by `close`"],
  },
  "SYN-SENT": {
    means: "Has sent SYN and waits for the peer's SYN.",
    entered: ["`CLOSED` by `connect`", "`LISTEN` by `send`"],
    left: [
      "`ESTABLISHED` when SYN+ACK arrives; it answers ACK",
      "`SYN-RECEIVED` when a SYN without ACK arrives (simultaneous open)",
      "`CLOSED` by `close`, or a RST that acknowledges the SYN",
    ],
  },
  "SYN-RECEIVED": {
    means: "Both SYNs are sent; waits for the acknowledgment of its own.",
    entered: ["`LISTEN` when a SYN arrives", "`SYN-SENT` when the SYNs cross"],
    left: ["`ESTABLISHED` when its SYN is acknowledged", "`FIN-WAIT-1` by `close`", "`LISTEN` or `CLOSED` by a RST"],
  },
  ESTABLISHED: {
    means: "The connection is open: data flows both ways.",
    entered: ["`SYN-SENT` when SYN+ACK arrives", "`SYN-RECEIVED` when its SYN is acknowledged"],
    left: ["`FIN-WAIT-1` by `close`, which sends FIN", "`CLOSE-WAIT` when a FIN arrives"],
  },
  "FIN-WAIT-1": {
    means: "Has sent FIN and waits for its acknowledgment, or for the peer's FIN.",
    entered: ["`ESTABLISHED` or `SYN-RECEIVED` by `close`"],
    left: [
      "`FIN-WAIT-2` when its FIN is acknowledged",
      "`CLOSING` when a FIN arrives first",
      "`TIME-WAIT` when one segment brings both",
    ],
  },
  "FIN-WAIT-2": {
    means: "Its FIN is acknowledged; waits for the peer's FIN, and still takes data.",
    entered: ["`FIN-WAIT-1` when its FIN is acknowledged"],
    left: ["`TIME-WAIT` when a FIN arrives; it answers ACK"],
  },
  "CLOSE-WAIT": {
    means: "The peer has ended its stream; this end may still send, until its user closes.",
    entered: ["`ESTABLISHED` or `SYN-RECEIVED` when a FIN arrives"],
    left: ["`LAST-ACK` by `close`, which sends FIN"],
  },
  CLOSING: {
    means: "Both FINs are sent and the peer's has arrived; waits for the acknowledgment of its own.",
    entered: ["`FIN-WAIT-1` when a FIN arrives that does not acknowledge its own (simultaneous close)"],
    left: ["`TIME-WAIT` when its FIN is acknowledged"],
  },
  "LAST-ACK": {
    means: "Both streams have ended; waits for the acknowledgment of its FIN.",
    entered: ["`CLOSE-WAIT` by `close`"],
    left: ["`CLOSED` when its FIN is acknowledged"],
  },
  "TIME-WAIT": {
    means: "Waits 2MSL, so that its last ACK can be repeated and old segments die out.",
    entered: [
      "`FIN-WAIT-2` when a FIN arrives",
      "`CLOSING` when its FIN is acknowledged",
      "`FIN-WAIT-1` when one segment brings both",
    ],
    left: ["`CLOSED` after 2MSL"],
  },
};

export const STATE_ENTRIES: ForLocales<Readonly<Record<State, StateEntry>>> = { en: EN, "zh-cn": ZH_CN };
