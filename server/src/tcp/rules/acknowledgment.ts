/** The acknowledgment number that a segment must carry: RCV.NXT, always (RFC 9293 §3.4, §3.8). */
import { ACK, SYN } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { type Bind, isFresh, type Learn, type Match, match } from "../match.ts";
import { add, distance, isHidden, minus, type Num, num, plus, resolve, showNumber } from "../numbers.ts";
import { has } from "../segment.ts";
import { equal, findRange } from "../streams.ts";
import type { Use } from "./reading.ts";

export interface AcknowledgmentReading {
  /** What the segment acknowledges, mistakes mended; absent without the flag. */
  readonly ack?: Num;
  readonly binds: readonly Bind[];
  readonly learns: readonly Learn[];
  /** Data of the peer that the drawing leaves out moved its SND.NXT here. */
  readonly undrawn?: Num;
  readonly drift?: number;
  readonly verdict?: Verdict;
}

const PLAIN = { binds: [], learns: [] } as const;
const BASE = { place: "ack", rfc: "RFC 9293 §3.4" } as const;

/** Reads the number of a segment that is not a reset. `original` is the number that an identical copy may repeat. */
export function readAcknowledgment(
  e: Emission,
  use: Use,
  original: Num | undefined,
  hidden: (name: string) => Num,
): AcknowledgmentReading {
  const { ack, symbols, block } = e;
  if (!has(e.flags, ACK)) return withoutFlag(e);
  const expected = block.rcvNxt ?? hidden("rcv");
  if (ack === undefined) return { ack: filledIn(e, expected), ...PLAIN };
  const m = match(ack, expected, symbols);
  if (m.kind === "same") return { ack, binds: m.binds, learns: m.learns };
  if (block.rcvNxt === undefined) return { ack, ...PLAIN };
  if (acknowledgesSynData(e, ack)) return { ack, ...PLAIN };
  if (use === "retransmission" && original && equal(ack, original, symbols)) return { ack, ...PLAIN };
  if (use === "retransmission" && leavesBeforeText(e, ack)) return { ack, ...PLAIN };
  return readDeviation(e, ack, expected, m);
}

/** What the SACK blocks of the last arrival set off leaves before its text is taken (RFC 9293 §3.10.7.4, fifth and seventh step). */
function leavesBeforeText({ block: { lastArrived, lastTaken }, flags, symbols }: Emission, ack: Num): boolean {
  if (has(flags, SYN) || !lastArrived?.reports || !lastTaken?.before || lastArrived?.segment !== lastTaken.segment)
    return false;
  return equal(ack, lastTaken.before, symbols);
}

/** F7: a number without the flag means nothing; 0 is the habit (§3.1). */
function withoutFlag(e: Emission): AcknowledgmentReading {
  const { ack } = e;
  if (ack === undefined || (ack.terms.length === 0 && ack.constant === 0)) return PLAIN;
  return {
    ...PLAIN,
    verdict: { rule: "ack-without-flag", reason: "number-without-flag", place: "ack", rfc: "RFC 9293 §3.1" },
  };
}

/** Fast Open takes the data on the SYN; without it they are sent again (RFC 7413 §4.2, RFC 9293 §3.10.7.2). */
function filledIn(e: Emission, expected: Num): Num {
  const { synData } = e.block;
  return synData && has(e.flags, SYN) && e.fastOpen ? plus(expected, synData) : expected;
}

/** Any octet on the SYN may be acknowledged with it (CP8). */
function acknowledgesSynData({ block, symbols }: Emission, ack: Num): boolean {
  const { synData, irs } = block;
  if (!synData || !irs) return false;
  const first = add(irs, 1);
  return distance(first, ack, symbols).min >= 0 && distance(ack, plus(first, synData), symbols).min >= 0;
}

function readDeviation(e: Emission, ack: Num, expected: Num, m: Match): AcknowledgmentReading {
  const { symbols, incoming } = e;
  const wrong = (
    rule: Verdict["rule"],
    reason: Verdict["reason"],
    cause: number | undefined,
  ): AcknowledgmentReading => ({
    ack: expected,
    ...PLAIN,
    verdict: { rule, reason, expected, ...BASE, ...(cause === undefined ? {} : { cause }) },
  });
  const { drift } = incoming;
  // What goes on with a wrong number, in either field, follows from it.
  if (m.kind === "off" && (drift?.ack === m.by || drift?.seq === m.by)) return { ack: expected, ...PLAIN, drift: m.by };
  if (m.kind === "fresh")
    return readFresh(e, expected, m.symbol, m.bare, wrong("wrong-ack", "new-symbol", e.block.lastTaken?.segment));
  if (m.kind === "unrelated" && showNumber(expected, symbols) !== undefined)
    return wrong("unrelated-number", "no-relation", undefined);
  const repeated = repeatsOld(e, ack);
  if (m.kind === "off") {
    const found = m.by < 0 ? tooSmall(e, ack, m.by, repeated) : tooLarge(e, ack, m.by);
    return { ...wrong(...found), drift: m.by };
  }
  if (repeated) return wrong("stale-ack", "older-than-arrived", e.block.lastTaken?.segment);
  const sent = carrierOf(e, ack);
  if (sent !== undefined) return wrong("ack-of-undelivered", fateReason(e, sent), sent);
  return wrong("wrong-ack", "must-be", e.block.lastTaken?.segment);
}

type Wrong = [rule: Verdict["rule"], reason: Verdict["reason"], cause: number | undefined];

/** A5, A6, A7: one short of what the last arrival asks for. A3, A4: an older number. A1: any other. */
function tooSmall(e: Emission, ack: Num, by: number, repeated: boolean): Wrong {
  const { lastTaken, lastAck } = e.block;
  const { symbols } = e;
  const cause = lastTaken?.segment;
  const unsized =
    lastTaken?.cargo === "data" && resolve(lastTaken.length, symbols).terms.some((t) => isHidden(t.symbol));
  if (by === -1 && lastTaken && !unsized) {
    if (lastTaken.cargo === "syn") return ["syn-not-counted", "syn-counts", cause];
    if (lastTaken.cargo === "fin") return ["fin-not-counted", "fin-counts", cause];
    if (lastTaken.cargo === "data") return ["length-not-counted", "last-octet", cause];
  }
  const back = lastAck !== undefined && distance(ack, lastAck, symbols).min > 0;
  if (back) return ["stale-ack", "went-back", cause];
  return repeated ? ["stale-ack", "older-than-arrived", cause] : ["wrong-ack", "must-be", cause];
}

/** A number that was right before something arrived. */
function repeatsOld({ block, incoming, symbols }: Emission, ack: Num): boolean {
  const { lastAck, lastTaken, rcvNxt } = block;
  if (lastAck && equal(ack, lastAck, symbols)) return true;
  if (lastTaken?.before && equal(ack, lastTaken.before, symbols)) return true;
  if (!rcvNxt || distance(ack, rcvNxt, symbols).min <= 0) return false;
  return findRange(incoming, ack, symbols, (r) => equal(r.start, ack, symbols) && !r.syn) !== undefined;
}

/** A2, A8, A9, A10: beyond RCV.NXT. */
function tooLarge(e: Emission, ack: Num, by: number): Wrong {
  const sent = carrierOf(e, ack);
  if (sent !== undefined) return ["ack-of-undelivered", fateReason(e, sent), sent];
  const { lastArrived } = e.block;
  if (by === 1 && lastArrived && (lastArrived.cargo === "ack" || lastArrived.cargo === "rst")) {
    return ["ack-counted", "ack-takes-none", lastArrived.segment];
  }
  return ["ack-of-unsent", "never-sent", e.incoming.ranges.at(-1)?.segment];
}

/** The segment that first carried the octet before `ack`, if the peer has sent it. */
function carrierOf(e: Emission, ack: Num): number | undefined {
  const { incoming, symbols, peer, block } = e;
  if (!peer.sndNxt || !block.rcvNxt) return undefined;
  if (distance(ack, peer.sndNxt, symbols).min < 0 || distance(block.rcvNxt, ack, symbols).min <= 0) return undefined;
  const last = minus(ack, num(1));
  const range = findRange(incoming, last, symbols, (r) => distance(last, r.end, symbols).min > 0);
  return range?.carriers.at(-1);
}

function fateReason(e: Emission, segment: number): Verdict["reason"] {
  const fate = e.fates[segment];
  return fate === "lost" ? "lost" : fate === "under way" ? "under-way" : "above-hole";
}

/** A new symbol may mean data of the peer that the drawing leaves out. */
function readFresh(
  e: Emission,
  expected: Num,
  name: string,
  bare: boolean,
  wrong: AcknowledgmentReading,
): AcknowledgmentReading {
  const { peer, block, symbols, ack } = e;
  const open =
    peer.finSent === undefined &&
    (peer.state === "ESTABLISHED" || peer.state === "CLOSE-WAIT" || peer.state === "FIN-WAIT-1");
  const settled = peer.sndNxt !== undefined && block.rcvNxt !== undefined && equal(peer.sndNxt, block.rcvNxt, symbols);
  if (bare && open && block.opened && settled) {
    const to: Num = { constant: 0, terms: [{ symbol: name, factor: 1 }] };
    const learns: readonly Learn[] = isFresh(name, symbols)
      ? [{ symbol: name, kind: { kind: "after", base: expected, least: 0 } }]
      : [];
    return {
      ack: to,
      binds: [],
      learns,
      undrawn: to,
      verdict: { rule: "undrawn-data", reason: "undrawn", expected, ...BASE },
    };
  }
  if (ack === undefined) return wrong;
  const rest = minus(ack, { constant: 0, terms: [{ symbol: name, factor: 1 }] });
  return { ...wrong, binds: [{ symbol: name, value: minus(expected, rest) }] };
}
