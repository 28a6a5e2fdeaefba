/** How much may be sent, and what may be taken back (RFC 9293 §3.7.1, §3.8.6). */
import { ACK, FIN, RST, SYN } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { distance, minus, num, plus, resolve, signed } from "../numbers.ts";
import { shifts } from "../options.ts";
import { type Header, has } from "../segment.ts";
import { advertised } from "../windows.ts";

/** A rule about a segment whose numbers are settled. */
type LimitRule = (e: Emission, header: Header, fresh: boolean) => Verdict | undefined;

/** W1: new data ends before SND.UNA+SND.WND, but for the octet that probes a closed window (§3.8.6.1). */
const windowExceeded: LimitRule = (e, header, fresh) => {
  const { sndRight } = e.block.windows;
  const { data } = header;
  if (!sndRight || !fresh || has(header.flags, SYN | RST) || isNone(data)) return undefined;
  const over = distance(sndRight, plus(header.seq, data), e.symbols).min;
  const probe = e.block.peerWindow === 0 && data.terms.length === 0 && data.constant === 1;
  if (!(over > 0) || probe) return undefined;
  const cause = e.block.lastArrived ? { cause: e.block.lastArrived.segment } : {};
  const room = resolve(minus(sndRight, header.seq), e.symbols);
  const expected = room.terms.length === 0 && signed(room) >= 0 ? { expected: room } : {};
  const place = e.len === undefined ? "flags" : "len";
  return { rule: "window-exceeded", reason: "beyond-window", place, rfc: "RFC 9293 §3.8.6", ...expected, ...cause };
};

function isNone({ constant, terms }: Header["data"]): boolean {
  return constant === 0 && terms.length === 0;
}

/** W2: the right edge stays or moves right; scaling may take less than one step off (§3.8.6, RFC 7323 §2.4). */
const windowShrunk: LimitRule = (e, header) => {
  const { rcvRight } = e.block.windows;
  const edge = e.window === undefined || has(header.flags, RST) ? undefined : advertised(e.block.options, header);
  // After the peer's FIN there is nothing left that was promised room.
  if (!rcvRight || !edge || e.block.finReceived) return undefined;
  // A listener with SYN cookies forgets the window of its SYN,ACK and computes it anew (RFC 4987 §3.6).
  const anew = e.block.origin === "passive" && e.block.lastSent?.cargo === "syn" ? (e.block.options.own?.mss ?? 0) : 0;
  const unit = 2 ** (shifts(e.block.options).own ?? 0);
  if (!(distance(edge, rcvRight, e.symbols).min > Math.max(anew, unit - 1))) return undefined;
  const open = header.ack && resolve(minus(rcvRight, header.ack), e.symbols);
  const least = open && open.terms.length === 0 ? { expected: num(Math.ceil(signed(open) / unit)) } : {};
  return { rule: "window-shrunk", reason: "edge-moved-left", place: "win", rfc: "RFC 9293 §3.8.6", ...least };
};

/** O8: a segment holds no more data than the peer's MSS (§3.7.1). */
const mssExceeded: LimitRule = (e, header) => {
  const mss = e.block.options.peer?.mss ?? e.mss;
  const { data } = header;
  if (mss === undefined || data.terms.length > 0 || data.constant <= mss) return undefined;
  const place = e.len === undefined ? "flags" : "len";
  return { rule: "mss-exceeded", reason: "beyond-mss", place, expected: num(mss), rfc: "RFC 9293 §3.7.1" };
};

/** N9: data on a SYN is legal, held back until the connection is open, and rare without Fast Open (§3.10.7.2). */
const dataOnSyn: LimitRule = (e, header) => {
  if (!has(header.flags, SYN) || has(header.flags, ACK | FIN) || isNone(header.data) || e.fastOpen) return undefined;
  return {
    rule: "syn-data",
    reason: "data-on-syn",
    place: e.len === undefined ? "flags" : "len",
    rfc: "RFC 9293 §3.4",
  };
};

export const LIMIT_RULES: readonly LimitRule[] = [windowExceeded, windowShrunk, mssExceeded, dataOnSyn];
