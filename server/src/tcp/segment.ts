/** A segment as TCP sees it: a header and a count of octets (RFC 9293 §3.1). */
import { ACK, FIN, type Flags, RST, SYN } from "./flags.ts";
import { add, type Num, plus } from "./numbers.ts";
import type { SeenOption } from "./options.ts";

export interface Header {
  /** Its number in the flow. */
  readonly index: number;
  readonly flags: Flags;
  readonly seq: Num;
  /** Present exactly when the ACK flag is on. */
  readonly ack: Num | undefined;
  /** Octets of data. */
  readonly data: Num;
  /** The window field, unscaled. */
  readonly window: number | undefined;
  readonly options: readonly SeenOption[];
}

export function has(flags: Flags, bit: Flags): boolean {
  return (flags & bit) !== 0;
}

/** The first number behind the segment: SYN, each octet and FIN take one each (RFC 9293 §3.4). */
export function endOf(header: Header): Num {
  return add(plus(header.seq, header.data), (has(header.flags, SYN) ? 1 : 0) + (has(header.flags, FIN) ? 1 : 0));
}

/** No SYN, FIN, RST or data: takes no number and is never acknowledged. */
export function isPureAck(header: Header): boolean {
  const none = header.data.constant === 0 && header.data.terms.length === 0;
  return none && !has(header.flags, SYN | FIN | RST) && has(header.flags, ACK);
}

/** Whether the segment takes any number. */
export function takesNumbers(header: Header): boolean {
  const { data, flags } = header;
  return has(flags, SYN | FIN) || data.constant !== 0 || data.terms.length > 0;
}
