/** The sequence number that a segment must carry (RFC 9293 §3.4, §3.8.1, §3.8.4). */
import { FIN, PSH, RST, SYN } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { type Bind, isFresh, type Learn, type Match, match } from "../match.ts";
import { add, distance, minus, type Num, num, plus, showNumber } from "../numbers.ts";
import { has } from "../segment.ts";
import { equal, findRange, type SentRange } from "../streams.ts";
import { carriesData, dataAfterFin, secondFin } from "./sending.ts";

/** What the number says the segment is. */
export type Use = "new" | "retransmission" | "keep-alive";

export interface SequenceReading {
  /** The number that the segment means, mistakes mended. */
  readonly seq: Num;
  readonly use: Use;
  /** What is repeated. */
  readonly range?: SentRange;
  readonly binds: readonly Bind[];
  readonly learns: readonly Learn[];
  /** Data that the drawing leaves out moved SND.NXT here. */
  readonly undrawn?: Num;
  readonly drift?: number;
  readonly verdict?: Verdict;
}

/** How many segments back a mistaken retransmission is looked for. */
const MOST_OUTSTANDING = 16;

const PLAIN = { binds: [], learns: [] } as const;

/** The first octet of data in a range: a SYN takes the number before it. */
function dataStart(range: SentRange): Num {
  return range.syn ? add(range.start, 1) : range.start;
}

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
    return { seq, use: "new", binds: m.binds, learns: m.learns, ...verdictOf(dataAfterFin(e)) };
  }
  if (m.kind === "off" && m.by === -1 && isKeepAlive(e)) return { seq, use: "keep-alive", ...PLAIN };
  const repeat = readRepeat(e, seq);
  if (repeat) return repeat;
  if (ended) return mended(e.block.finSent ?? expected, secondFin(e));
  const dead = dataAfterFin(e);
  if (dead) return mended(expected, dead);
  return readDeviation(e, seq, expected, m);
}

function verdictOf(verdict: Verdict | undefined): { verdict?: Verdict } {
  return verdict ? { verdict } : {};
}

function mended(seq: Num, verdict: Verdict | undefined): SequenceReading {
  return { seq, use: "new", ...PLAIN, ...verdictOf(verdict) };
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
  return { seq: expected, use: "new", ...PLAIN, ...verdictOf(dataAfterFin(e)) };
}

/** A plain `ACK` after a timeout is an ACK; with PSH it repeats data. */
function dataAfterTimeout(e: Emission): boolean {
  return has(e.flags, PSH);
}

/** Octets that left before: from the edge of an earlier segment, or up to one (§3.8.6 allows re-cutting). */
function readRepeat(e: Emission, seq: Num): SequenceReading | undefined {
  const { symbols, own, block } = e;
  if (has(e.flags, RST) || own.ranges.length === 0) return undefined;
  const fin = has(e.flags, FIN);
  // What carried no data is repeated by its own flag only.
  const starts = (r: SentRange): boolean => equal(dataStart(r), seq, symbols) && (!isNone(r.length) || (r.fin && fin));
  const range = findRange(own, seq, symbols, starts);
  const empty = e.len === undefined || isNone(e.len);
  const finAlone = fin && empty && block.finSent !== undefined && equal(block.finSent, seq, symbols);
  if (!range && !finAlone && !recut(e, seq)) return undefined;
  if (range && e.len !== undefined && isNone(e.len) && !fin) return undefined;
  if (!range && finAlone) {
    const last = own.ranges.findLast((r) => r.fin);
    return withAcknowledged(
      e,
      { seq, use: "retransmission", ...(last && isNone(last.length) ? { range: last } : {}), ...PLAIN },
      add(seq, 1),
    );
  }
  const length = e.len ?? range?.length ?? num(0);
  // A FIN keeps its place: it may not move into what was data, nor data onto its number.
  const end = plus(seq, length);
  if (fin && block.finSent !== undefined && !equal(end, block.finSent, symbols)) return undefined;
  if (!fin && block.finSent !== undefined && distance(block.finSent, end, symbols).min > 0) return undefined;
  const reading: SequenceReading = { seq, use: "retransmission", ...(range ? { range } : {}), ...PLAIN };
  return withAcknowledged(e, reading, fin ? add(end, 1) : end);
}

function isNone(n: Num): boolean {
  return n.constant === 0 && n.terms.length === 0;
}

function recut(e: Emission, seq: Num): boolean {
  const { len, symbols, own, block } = e;
  if (len === undefined || isNone(len) || block.sndNxt === undefined) return false;
  if (distance(seq, block.sndNxt, symbols).min <= 0) return false;
  const first = own.ranges[0];
  if (!first || distance(dataStart(first), seq, symbols).min < 0) return false;
  if (block.sndUna && equal(seq, block.sndUna, symbols)) return true;
  const end = plus(seq, len);
  return findRange(own, end, symbols, (r) => equal(r.end, end, symbols) && !r.fin) !== undefined;
}

/** S9: all of it was acknowledged to its sender already (§3.8.1). */
function withAcknowledged(e: Emission, reading: SequenceReading, end: Num): SequenceReading {
  const { sndUna } = e.block;
  if (sndUna === undefined || distance(end, sndUna, e.symbols).min < 0) return reading;
  return {
    ...reading,
    verdict: { rule: "unneeded-retransmission", reason: "acknowledged-already", place: "seq", rfc: "RFC 9293 §3.8.1" },
  };
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

/** Data close to the number of a segment that was lost, nearer than to SND.NXT, is meant to repeat it. */
function mistakenRepeat(e: Emission, seq: Num): SequenceReading | undefined {
  const { symbols, own, block } = e;
  const { sndUna, sndNxt } = block;
  if (!carriesData(e) || !sndUna || !sndNxt) return undefined;
  const far = (n: Num): number => {
    const { min, max } = distance(n, seq, symbols);
    return min === max ? Math.abs(min) : Number.POSITIVE_INFINITY;
  };
  let nearest: SentRange | undefined;
  for (const range of own.ranges.slice(-MOST_OUTSTANDING)) {
    const outstanding = distance(sndUna, range.end, symbols).min > 0;
    const missing = e.timedOut || e.fates[range.segment] === "lost";
    if (!outstanding || !missing || isNone(range.length)) continue;
    if (far(dataStart(range)) < far(nearest ? dataStart(nearest) : sndNxt)) nearest = range;
  }
  if (!nearest) return undefined;
  const expected = dataStart(nearest);
  const verdict: Verdict = {
    rule: "wrong-seq",
    reason: "must-be",
    place: "seq",
    expected,
    rfc: "RFC 9293 §3.8.1",
    cause: nearest.segment,
  };
  return { seq: expected, use: "retransmission", range: nearest, ...PLAIN, verdict };
}

function lastCause(e: Emission): { cause?: number } {
  const last = e.own.ranges.at(-1);
  return last ? { cause: last.segment } : {};
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

/** After its timer a keep-alive is due: neither SND.NXT nor any other number draws an answer (§3.8.4). */
function readKeepAlive(e: Emission, expected: Num): SequenceReading {
  const right: SequenceReading = { seq: expected, use: "keep-alive", ...PLAIN };
  if (e.seq === undefined) return right;
  const m = match(e.seq, expected, e.symbols);
  if (m.kind === "same") return { ...right, binds: m.binds, learns: m.learns };
  const verdict: Verdict = { rule: "wrong-seq", reason: "one-below", place: "seq", expected, rfc: "RFC 9293 §3.8.4" };
  return { ...right, verdict };
}

/** §3.8.4: one below SND.NXT, with nothing outstanding, nothing to acknowledge, after silence. */
function isKeepAlive(e: Emission): boolean {
  const { block, len, flags, symbols } = e;
  const { state, sndUna, sndNxt, owes, idle } = block;
  if (has(flags, FIN | SYN | RST) || owes !== undefined || idle === false) return false;
  if (state !== "ESTABLISHED" && state !== "CLOSE-WAIT" && state !== "FIN-WAIT-2") return false;
  if (len !== undefined && !(len.terms.length === 0 && len.constant <= 1)) return false;
  return sndUna === undefined || sndNxt === undefined || equal(sndUna, sndNxt, symbols);
}

/** Kernels probe a closed window one below SND.UNA, without data (§3.8.6.1; CP17). */
function isWindowProbe({ block, len, flags, symbols }: Emission): boolean {
  const { sndUna, sndNxt, peerWindow } = block;
  if (peerWindow !== 0 || has(flags, FIN | SYN | RST) || (len !== undefined && !isNone(len))) return false;
  return sndUna === undefined || sndNxt === undefined || equal(sndUna, sndNxt, symbols);
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
