/** Windows: how far each end may send, and what it has promised to take (RFC 9293 §3.8.6, RFC 7323 §2). */
import { SYN } from "./flags.ts";
import { add, distance, type Num, type Symbols } from "./numbers.ts";
import { type Negotiation, shifts } from "./options.ts";
import { type Header, has } from "./segment.ts";
import { equal } from "./streams.ts";

/** Right edges; undefined where nobody wrote a window, and then nothing is judged. */
export interface Windows {
  /** SND.UNA+SND.WND: the first number that the peer does not take. */
  readonly sndRight: Num | undefined;
  /** SND.WL1 and SND.WL2: the segment that told it last. */
  readonly toldSeq: Num | undefined;
  readonly toldAck: Num | undefined;
  /** The largest right edge that it has advertised: it must take what lies before (RFC 7323 §2.4). */
  readonly rcvRight: Num | undefined;
}

export const NO_WINDOWS: Windows = { sndRight: undefined, toldSeq: undefined, toldAck: undefined, rcvRight: undefined };

/** The window of a segment in octets: a SYN's is never scaled (RFC 7323 §2.2). */
function octets(header: Header, shift: number | undefined): number | undefined {
  if (header.window === undefined || has(header.flags, SYN)) return header.window;
  return shift === undefined ? undefined : header.window * 2 ** shift;
}

/** What an arriving segment tells of the peer's window; older segments tell nothing (RFC 9293 §3.10.7.4 fifth step). */
export function toldWindow(
  windows: Windows,
  negotiation: Negotiation,
  header: Header,
  overtaken: boolean,
  symbols: Symbols,
): Windows {
  const { ack, seq } = header;
  if (ack === undefined || (header.window === undefined && windows.sndRight === undefined)) return windows;
  const { toldSeq, toldAck } = windows;
  if (toldSeq && toldAck) {
    const later = distance(toldSeq, seq, symbols);
    if (later.max < 0) return windows;
    if (later.min === 0 && later.max === 0 && distance(toldAck, ack, symbols).max < 0) return windows;
  }
  const size = octets(header, shifts(negotiation).peer);
  // Of two with the same numbers, the one that left first knows less.
  const sooner = overtaken && toldSeq && equal(toldSeq, seq, symbols) && toldAck && equal(toldAck, ack, symbols);
  if (sooner && size !== 0) return windows;
  // Who stops writing windows leaves them open.
  if (size === undefined) return { ...windows, sndRight: undefined, toldSeq: seq, toldAck: ack };
  return { ...windows, sndRight: add(ack, size), toldSeq: seq, toldAck: ack };
}

/** The right edge that a segment about to leave advertises. */
export function advertised(negotiation: Negotiation, header: Header): Num | undefined {
  const size = octets(header, shifts(negotiation).own);
  return size === undefined || header.ack === undefined ? undefined : add(header.ack, size);
}

/** Books what a segment that leaves has promised; the largest promise holds. */
export function promised(windows: Windows, negotiation: Negotiation, header: Header, symbols: Symbols): Windows {
  const { rcvRight } = windows;
  if (shifts(negotiation).own === undefined) return { ...windows, rcvRight: undefined };
  const edge = advertised(negotiation, header);
  if (edge === undefined) return windows;
  if (rcvRight && distance(rcvRight, edge, symbols).min <= 0) return windows;
  return { ...windows, rcvRight: edge };
}
