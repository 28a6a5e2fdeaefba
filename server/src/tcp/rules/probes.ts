/** Segments one below the next number, which only ask for an answer (RFC 9293 §3.8.4, §3.8.6.1). */
import { FIN, RST, SYN } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { match } from "../match.ts";
import type { Num } from "../numbers.ts";
import { has } from "../segment.ts";
import { equal } from "../streams.ts";
import { isNone, PLAIN, type SequenceReading } from "./reading.ts";

/** After its timer a keep-alive is due: neither SND.NXT nor any other number draws an answer (§3.8.4). */
export function readKeepAlive(e: Emission, expected: Num): SequenceReading {
  const right: SequenceReading = { seq: expected, use: "keep-alive", ...PLAIN };
  if (e.seq === undefined) return right;
  const m = match(e.seq, expected, e.symbols);
  if (m.kind === "same") return { ...right, binds: m.binds, learns: m.learns };
  const verdict: Verdict = { rule: "wrong-seq", reason: "one-below", place: "seq", expected, rfc: "RFC 9293 §3.8.4" };
  return { ...right, verdict };
}

/** §3.8.4: one below SND.NXT, with nothing outstanding, nothing to acknowledge, after silence. */
export function isKeepAlive(e: Emission): boolean {
  const { block, len, flags, symbols, callsDrawn } = e;
  const { state, sndUna, sndNxt, owes, idle } = block;
  if (has(flags, FIN | SYN | RST) || idle === false) return false;
  // A capture does not tell what has arrived.
  if (owes !== undefined && callsDrawn) return false;
  if (state !== "ESTABLISHED" && state !== "CLOSE-WAIT" && state !== "FIN-WAIT-2") return false;
  if (len !== undefined && !(len.terms.length === 0 && len.constant <= 1)) return false;
  return sndUna === undefined || sndNxt === undefined || equal(sndUna, sndNxt, symbols);
}

/** Kernels probe a closed window one below SND.UNA, without data (§3.8.6.1; CP17). */
export function isWindowProbe({ block, len, flags, symbols }: Emission): boolean {
  const { sndUna, sndNxt, peerWindow } = block;
  if (peerWindow !== 0 || has(flags, FIN | SYN | RST) || (len !== undefined && !isNone(len))) return false;
  return sndUna === undefined || sndNxt === undefined || equal(sndUna, sndNxt, symbols);
}
