/** What a segment is sent for, and the section that says so. */
import { ACK, FIN, type Flags, PSH, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";

export type Purpose = "open" | "answer" | "acknowledge" | "data" | "finish" | "repeat" | "probe" | "reset";

export const SECTIONS: Readonly<Record<Purpose, string>> = {
  open: "RFC 9293 §3.5",
  answer: "RFC 9293 §3.10.7.2",
  acknowledge: "RFC 9293 §3.10.7.4",
  data: "RFC 9293 §3.10.2",
  finish: "RFC 9293 §3.10.4",
  repeat: "RFC 9293 §3.8.1",
  probe: "RFC 9293 §3.8.4",
  reset: "RFC 9293 §3.5.2",
};

/** As the flags tell it, for a segment that is not a repetition. */
export function purposeOf(flags: Flags, hasData: boolean): Purpose {
  if (has(flags, RST)) return "reset";
  if (has(flags, SYN)) return has(flags, ACK) ? "answer" : "open";
  if (has(flags, FIN)) return "finish";
  return hasData || has(flags, PSH) ? "data" : "acknowledge";
}
