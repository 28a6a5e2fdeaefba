/** Octets that leave once more (RFC 9293 §3.8.1, §3.8.6). */
import { FIN, RST } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { add, distance, type Num, num, plus } from "../numbers.ts";
import { has } from "../segment.ts";
import { equal, findRange, type SentRange } from "../streams.ts";
import { isNone, PLAIN, type SequenceReading } from "./reading.ts";
import { carriesData } from "./sending.ts";

/** How many segments back a mistaken retransmission is looked for. */
const MOST_OUTSTANDING = 16;

/** The first octet of data in a range: a SYN takes the number before it. */
export function dataStart(range: SentRange): Num {
  return range.syn ? add(range.start, 1) : range.start;
}

/** Octets that left before: from the edge of an earlier segment, or up to one (§3.8.6 allows re-cutting). */
export function readRepeat(e: Emission, seq: Num): SequenceReading | undefined {
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
  const end = plus(seq, length);
  if (!keepsFin(e, end)) return undefined;
  const reading: SequenceReading = { seq, use: "retransmission", ...(range ? { range } : {}), ...PLAIN };
  const early = finWithin(e, end);
  if (early) return { ...reading, verdict: early };
  return withAcknowledged(e, reading, fin ? add(end, 1) : end);
}

/** A FIN that was sent keeps its place: it may not move into what was data, nor data onto its number. */
function keepsFin({ flags, block: { finSent }, symbols }: Emission, end: Num): boolean {
  if (finSent === undefined) return true;
  return has(flags, FIN) ? equal(end, finSent, symbols) : distance(finSent, end, symbols).min <= 0;
}

/** F9: a FIN that is added to what is repeated comes after the last octet that was sent (§3.6). */
function finWithin({ flags, block: { sndNxt, state }, own, symbols }: Emission, end: Num): Verdict | undefined {
  if (!has(flags, FIN) || sndNxt === undefined || distance(add(end, 1), sndNxt, symbols).min <= 0) return undefined;
  const last = own.ranges.at(-1);
  return {
    rule: "illegal-segment",
    reason: "fin-within",
    place: "flags",
    flags: flags & ~FIN,
    rfc: "RFC 9293 §3.6",
    state,
    ...(last ? { cause: last.segment } : {}),
  };
}

/** From what is not acknowledged, from where the last retransmission ended, from behind a block that SACK reported. */
function recut(e: Emission, seq: Num): boolean {
  const { len, symbols, own, block } = e;
  if (len === undefined || isNone(len) || block.sndNxt === undefined) return false;
  if (distance(seq, block.sndNxt, symbols).min <= 0) return false;
  const first = own.ranges[0];
  if (!first || distance(dataStart(first), seq, symbols).min < 0) return false;
  const { sndUna, resentTo, reported } = block;
  const begins = [sndUna, resentTo, ...reported.map(({ right }) => right)];
  if (begins.some((start) => start !== undefined && equal(seq, start, symbols))) return true;
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

/** Data close to the number of a segment that was lost, nearer than to SND.NXT, is meant to repeat it. */
export function mistakenRepeat(e: Emission, seq: Num): SequenceReading | undefined {
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
