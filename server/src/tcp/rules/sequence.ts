/** The sequence number that a segment must carry (RFC 9293 §3.4, §3.8.1, §3.8.4). */
import { FIN, PSH, SYN } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { type Bind, isFresh, type Learn, type Match, match } from "../match.ts";
import { add, minus, type Num, showNumber } from "../numbers.ts";
import { has } from "../segment.ts";
import { equal, findRange } from "../streams.ts";
import { isKeepAlive, isWindowProbe, readKeepAlive } from "./probes.ts";
import { isNone, lastCause, mended, PLAIN, type SequenceReading, type Use, verdictOf } from "./reading.ts";
import { dataStart, mistakenRepeat, readRepeat } from "./repeats.ts";
import { dataAfterFin, secondFin } from "./sending.ts";

/** Reads the number of a SYN, data, FIN or pure ACK. `hidden` names what nothing tells yet. */
export function readSequence(e: Emission, hidden: (name: string) => Num): SequenceReading {
  if (has(e.flags, SYN)) return readInitial(e, hidden);
  const expected = nextNumber(e, hidden);
  const { seq } = e;
  if (e.block.idle === "timer" && isKeepAlive(e)) return readKeepAlive(e, add(expected, -1));
  if (seq === undefined) return fillIn(e, expected);
  const ended = has(e.flags, FIN) && e.block.finSent !== undefined;
  const m = match(seq, expected, e.symbols);
  if (m.kind === "same" && !ended) {
    // Both are the same number; the author's form is the one that later lines have too.
    return { seq, use: "new", binds: m.binds, learns: m.learns, verdict: dataAfterFin(e) };
  }
  if (m.kind === "off" && m.by === -1 && isKeepAlive(e)) return { seq, use: "keep-alive", ...PLAIN };
  const repeat = readRepeat(e, seq);
  if (repeat) return repeat;
  if (ended) return mended(e.block.finSent ?? expected, secondFin(e));
  const dead = dataAfterFin(e);
  if (dead) return mended(expected, dead);
  return readDeviation(e, seq, expected, m);
}

/** SND.NXT; an end of which nothing is known has a number all the same. */
function nextNumber(e: Emission, hidden: (name: string) => Num): Num {
  return e.block.sndNxt ?? hidden("nxt");
}

/** A SYN takes a free number once; a repeated or crossing one keeps it (§3.4.1, §3.5). */
function readInitial(e: Emission, hidden: (name: string) => Num): SequenceReading {
  const { iss, state } = e.block;
  const opening = state === "CLOSED" || state === "LISTEN" || state === "TIME-WAIT" || iss === undefined;
  const use: Use = !opening && e.own.ranges.length > 0 ? "retransmission" : "new";
  const range = e.own.ranges.findLast((r) => r.syn);
  const repeated = use === "retransmission" && range ? { range } : {};
  const expected = opening ? hidden("iss") : (iss ?? hidden("iss"));
  if (e.seq === undefined) return { seq: expected, use, ...PLAIN, ...repeated };
  const m = match(e.seq, expected, e.symbols);
  if (m.kind === "same") {
    const borrowed = opening && borrowedBy(e, e.seq);
    const verdict: Verdict | undefined = !borrowed
      ? undefined
      : { rule: "borrowed-number", reason: "peers-symbol", place: "seq", rfc: "RFC 9293 §3.4.1" };
    return { seq: e.seq, use, binds: m.binds, learns: m.learns, ...repeated, ...verdictOf(verdict) };
  }
  const cause = range ? { cause: range.segment } : {};
  return {
    ...mended(expected, {
      rule: "wrong-seq",
      reason: "must-be",
      place: "seq",
      expected,
      rfc: "RFC 9293 §3.8.1",
      ...cause,
    }),
    use,
    ...repeated,
    ...learnAnyway(m, e, expected),
    ...(m.kind === "off" ? { drift: m.by } : {}),
  };
}

/** A symbol that numbers the other direction of this connection. */
function borrowedBy(e: Emission, seq: Num): boolean {
  return seq.terms.some(({ symbol }) => e.owners.get(symbol) === e.incoming);
}

/** A new symbol in a determined place stands for the right number from here on. */
function learnAnyway(m: Match, e: Emission, expected: Num): { binds: readonly Bind[]; learns: readonly Learn[] } {
  if (m.kind !== "fresh" || e.seq === undefined) return PLAIN;
  const rest = minus(e.seq, { constant: 0, terms: [{ symbol: m.symbol, factor: 1 }] });
  return { binds: [{ symbol: m.symbol, value: minus(expected, rest) }], learns: [] };
}

/** A number left out is what a correct TCP sends: the oldest unacknowledged after a timeout, else SND.NXT. */
function fillIn(e: Emission, expected: Num): SequenceReading {
  const { finSent, sndUna } = e.block;
  const repeats = e.timedOut && (has(e.flags, FIN) || e.len !== undefined || dataAfterTimeout(e));
  const oldest =
    repeats && sndUna ? findRange(e.own, sndUna, e.symbols, (r) => equal(r.start, sndUna, e.symbols)) : undefined;
  if (oldest && !oldest.syn && oldest.fin === has(e.flags, FIN))
    return { seq: oldest.start, use: "retransmission", range: oldest, ...PLAIN };
  if (has(e.flags, FIN) && finSent !== undefined) {
    const range = e.own.ranges.findLast((r) => r.fin);
    const start = range ? dataStart(range) : finSent;
    return range ? { seq: start, use: "retransmission", range, ...PLAIN } : mended(finSent, undefined);
  }
  return { seq: expected, use: "new", binds: PLAIN.binds, learns: PLAIN.learns, verdict: dataAfterFin(e) };
}

/** A plain `ACK` after a timeout is an ACK; with PSH it repeats data. */
function dataAfterTimeout(e: Emission): boolean {
  return has(e.flags, PSH);
}

/** Neither SND.NXT nor a retransmission: a keep-alive, undrawn data, or a mistake. */
function readDeviation(e: Emission, seq: Num, expected: Num, m: Match): SequenceReading {
  const { own, block, symbols } = e;
  switch (m.kind) {
    case "fresh":
      if (m.bare && mayHideData(e)) return undrawn(e, expected, m.symbol);
      return {
        ...mended(expected, {
          rule: "wrong-seq",
          reason: "new-symbol",
          place: "seq",
          expected,
          rfc: "RFC 9293 §3.4",
          ...lastCause(e),
        }),
        ...learnAnyway(m, e, expected),
      };
    case "unrelated":
      if (showNumber(expected, symbols) === undefined) break;
      return mended(expected, {
        rule: "unrelated-number",
        reason: "no-relation",
        place: "seq",
        expected,
        rfc: "RFC 9293 §3.4",
      });
    case "off":
      if (own.drift?.seq === m.by) return { seq: expected, use: "new", ...PLAIN, drift: m.by };
      if (m.by === -1 && isWindowProbe(e)) return { seq, use: "keep-alive", ...PLAIN };
      if (m.by < 0 && isAtEdge(e, seq)) return { seq, use: "edge", ...PLAIN };
      if (isPulledBack(e, seq)) return { seq, use: "new", ...PLAIN };
      return mistakenRepeat(e, seq) ?? { ...mended(expected, offBy(e, m.by, expected)), drift: m.by };
    default:
  }
  if (block.sndNxt === undefined) return { seq, use: "new", ...PLAIN };
  return mended(expected, {
    rule: "wrong-seq",
    reason: "must-be",
    place: "seq",
    expected,
    rfc: "RFC 9293 §3.4",
    ...lastCause(e),
  });
}

/** Of a peer that took back its window an ACK is taken only where that ends now (Linux's tcp_acceptable_seq). */
function isAtEdge({ block, flags, len, symbols }: Emission, seq: Num): boolean {
  const { sndRight } = block.windows;
  if (!sndRight || has(flags, SYN | FIN | PSH) || (len !== undefined && !isNone(len))) return false;
  return equal(seq, sndRight, symbols);
}

/** Data on the SYN that was not acknowledged is sent again: SND.NXT goes back to SND.UNA (RFC 7413 §4.2.1). */
function isPulledBack(e: Emission, seq: Num): boolean {
  const { sndUna } = e.block;
  const last = e.own.ranges.at(-1);
  return last?.syn === true && !isNone(last.length) && sndUna !== undefined && equal(seq, sndUna, e.symbols);
}

/** Which count the number lacks or has too many. */
function offBy(e: Emission, by: number, expected: Num): Verdict {
  const last = e.own.ranges.at(-1);
  const base = { place: "seq", expected, rfc: "RFC 9293 §3.4", ...lastCause(e) } as const;
  const wrong = (rule: Verdict["rule"], reason: Verdict["reason"]): Verdict => ({ rule, reason, ...base });
  if (last && by === -1) {
    if (last.fin) return wrong("fin-not-counted", "fin-counts");
    if (last.syn && isNone(last.length)) return wrong("syn-not-counted", "syn-counts");
    return wrong("length-not-counted", "last-octet");
  }
  const length = last && last.length.terms.length === 0 ? last.length.constant : 0;
  if (length > 0 && (by === -length || by === 1 - length)) return wrong("length-not-counted", "length-counts");
  if (by === 1 && e.block.lastSent?.cargo === "ack") {
    return { ...wrong("ack-counted", "ack-takes-none"), cause: e.block.lastSent.segment };
  }
  return by > 0 ? wrong("wrong-seq", "never-sent-gap") : wrong("wrong-seq", "must-be");
}

/** Undrawn data needs an open stream and a finished handshake: nothing can precede the answer to a SYN,ACK. */
function mayHideData(e: Emission): boolean {
  const { state, opened, finSent } = e.block;
  return (
    opened && finSent === undefined && (state === "ESTABLISHED" || state === "CLOSE-WAIT" || state === "FIN-WAIT-1")
  );
}

function undrawn(e: Emission, expected: Num, name: string): SequenceReading {
  const seq: Num = { constant: 0, terms: [{ symbol: name, factor: 1 }] };
  const learns: readonly Learn[] = isFresh(name, e.symbols)
    ? [{ symbol: name, kind: { kind: "after", base: expected, least: 0 } }]
    : [];
  const verdict: Verdict = { rule: "undrawn-data", reason: "undrawn", place: "seq", expected, rfc: "RFC 9293 §3.4" };
  return { seq, use: "new", binds: [], learns, undrawn: seq, verdict };
}
