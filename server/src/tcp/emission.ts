/** A segment leaves: what a correct TCP would write is held against what the author wrote (RFC 9293 §3.4–§3.10). */
import type { Block } from "./block.ts";
import { afterReset, afterSending } from "./booking.ts";
import { ACK, FIN, type Flags, PSH, RST, SYN } from "./flags.ts";
import type { Emission, Rule, Verdict } from "./judgement.ts";
import type { Bind, Learn, Match } from "./match.ts";
import { bind, type Num, num, type Symbols, symbol } from "./numbers.ts";
import { readAcknowledgment } from "./rules/acknowledgment.ts";
import { FLAG_RULES } from "./rules/flags.ts";
import { LIMIT_RULES } from "./rules/limits.ts";
import { readOptions } from "./rules/options.ts";
import type { Use } from "./rules/reading.ts";
import { readReset } from "./rules/resets.ts";
import { SENDING_RULES } from "./rules/sending.ts";
import { readSequence } from "./rules/sequence.ts";
import { type Header, has, isPureAck } from "./segment.ts";
import type { SentRange } from "./streams.ts";

/** A segment as it leaves. Nothing is changed by judging it: the caller carries out what it says. */
export interface Judgement {
  /** The header as the author means it: mistakes mended, numbers filled in. */
  readonly header: Header;
  readonly verdicts: readonly Verdict[];
  readonly use: Use | "reset";
  /** The earlier range that it repeats. */
  readonly repeats?: SentRange | undefined;
  readonly after: Block;
  readonly binds: readonly Bind[];
  readonly learns: readonly Learn[];
  /** Data left out of the drawing: own direction, and the peer's, reach these numbers. */
  readonly undrawn?: Num | undefined;
  readonly peerUndrawn?: Num | undefined;
  /** How far the author's numbers are off from here on, where a finding says so. */
  readonly seqDrift?: number | undefined;
  readonly ackDrift?: number | undefined;
}

/** Judges a segment against the block that sends it. */
export function judge(e: Emission): Judgement {
  const made: Learn[] = [];
  const hidden = (name: string): Num => {
    const own = `#${name}${e.index}`;
    made.push({ symbol: own, kind: { kind: "free" } });
    return symbol(own);
  };
  const form = readForm(e);
  if (has(form.flags, RST)) return judgeReset({ ...e, flags: form.flags }, form.verdict, hidden, made);
  const asWritten = form.flags === e.flags && form.block === e.block;
  const meant: Emission = asWritten ? e : { ...e, flags: form.flags, block: form.block };
  const sequence = readSequence(meant, hidden);
  const range = sequence.range;
  const acknowledgment = readAcknowledgment(meant, sequence.use, range?.ack, hidden);
  const data = dataOf(meant, range, sequence.use, made);
  const { ack } = acknowledgment;
  const header: Header = {
    index: e.index,
    flags: form.flags,
    seq: sequence.seq,
    ack,
    window: e.window,
    data,
    options: e.options,
  };
  // A segment that cannot leave at all says nothing more of its numbers.
  const muted = form.verdict !== undefined && form.verdict.rule !== "missing-ack-flag";
  const verdicts = gather(
    form.verdict,
    muted ? undefined : sequence.verdict,
    muted ? undefined : acknowledgment.verdict,
  );
  const other = verdicts.length === 0 ? secondary(meant, header, sequence.use) : undefined;
  return {
    header,
    verdicts: other ? [other] : verdicts,
    use: sequence.use,
    repeats: range,
    after: splitIf(afterSending(meant.block, header, sequence.use, e.symbols), form.verdict, e),
    binds: both(sequence.binds, acknowledgment.binds),
    learns: both(made, both(sequence.learns, acknowledgment.learns)),
    undrawn: sequence.undrawn,
    peerUndrawn: acknowledgment.undrawn,
    seqDrift: muted ? undefined : sequence.drift,
    ackDrift: muted ? undefined : acknowledgment.drift,
  };
}

/** Of a segment whose flags and numbers are right: windows, options, and whether it was needed at all. */
function secondary(e: Emission, header: Header, use: Use): Verdict | undefined {
  for (let i = 0; i < LIMIT_RULES.length; i++) {
    const verdict = LIMIT_RULES[i]?.(e, header, use === "new");
    if (verdict) return verdict;
  }
  return readOptions(e, header) ?? (use === "new" ? unneededAck(e, header) : undefined);
}

/** Most lists are empty: no copy where one will do. */
function both<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...a, ...b];
}

const NONE: readonly Verdict[] = [];

/** What was found, if anything. A segment that is wrong anyway need not hear that it was not needed. */
function gather(a: Verdict | undefined, b: Verdict | undefined, c: Verdict | undefined): readonly Verdict[] {
  if (!a && !b && !c) return NONE;
  const verdicts = [a, b, c].filter((verdict) => verdict !== undefined);
  return verdicts.length > 1 ? verdicts.filter(({ rule }) => rule !== "unneeded-retransmission") : verdicts;
}

/** The flags as meant, and the block from which the segment could have left. */
function readForm(e: Emission): { flags: Flags; block: Block; verdict: Verdict | undefined } {
  // The other half of an answer in two segments: the first half was the mistake.
  if (e.block.split && e.flags === SYN) return { flags: SYN | ACK, block: e.block, verdict: undefined };
  const flaw = firstBroken(FLAG_RULES, e);
  const flags = flaw?.flags ?? e.flags;
  const at = flags === e.flags ? e : { ...e, flags };
  const misplaced = has(flags, RST) ? undefined : firstBroken(SENDING_RULES, at);
  // The state weighs more than a missing ACK flag, and less than any other flaw of the flags.
  const verdict = flaw && (flaw.rule !== "missing-ack-flag" || !misplaced) ? flaw : misplaced;
  return { flags: misplaced?.flags ?? flags, block: misplaced?.implied ?? e.block, verdict };
}

function firstBroken(rules: readonly Rule[], e: Emission): Verdict | undefined {
  for (let i = 0; i < rules.length; i++) {
    const verdict = rules[i]?.(e);
    if (verdict) return verdict;
  }
  return undefined;
}

/** The octets of data: as written; the length sent then; unknown but at least 1 with PSH; none. */
function dataOf(e: Emission, range: SentRange | undefined, use: Use, made: Learn[]): Num {
  if (e.len) return e.len;
  if (use === "keep-alive") return num(0);
  if (range && !has(e.flags, SYN)) return range.length;
  if (!has(e.flags, PSH) || has(e.flags, SYN)) return num(0);
  const name = `#len${e.index}`;
  made.push({ symbol: name, kind: { kind: "count", least: has(e.flags, FIN) ? 0 : 1 } });
  return symbol(name);
}

/** A11: an ACK answers something; one a segment, and none for a pure ACK (RFC 5681 §4.2, RFC 9293 §3.10.7.4). */
function unneededAck(e: Emission, header: Header): Verdict | undefined {
  const { block, window } = e;
  if (!isPureAck(header) || block.answers > 0 || block.owes !== undefined) return undefined;
  if (window !== undefined && window !== block.lastWindow) return undefined;
  const cause = block.lastArrived ? { cause: block.lastArrived.segment } : {};
  return { rule: "unneeded-ack", reason: "nothing-new", place: "flags", rfc: "RFC 5681 §4.2", ...cause };
}

function judgeReset(
  e: Emission,
  flaw: Verdict | undefined,
  hidden: (name: string) => Num,
  made: readonly Learn[],
): Judgement {
  const reading = readReset(e, hidden);
  const on =
    has(e.flags, ACK) || (reading.ack !== undefined && !has(e.flags, ACK) && reading.verdict?.flags !== undefined);
  const flags = on ? e.flags | ACK : e.flags;
  const ack = on ? (reading.ack ?? e.ack) : undefined;
  const header: Header = {
    index: e.index,
    flags,
    seq: reading.seq,
    ack,
    window: e.window,
    data: e.len ?? num(0),
    options: e.options,
  };
  const verdicts = flaw ? [flaw] : reading.verdict ? [reading.verdict] : [];
  const same = reading.matches.filter((m): m is Match & { kind: "same" } => m.kind === "same");
  return {
    header,
    verdicts,
    use: "reset",
    after: afterReset(e.block, header, reading.answers),
    binds: same.flatMap((m) => [...m.binds]),
    learns: [...made, ...same.flatMap((m) => [...m.learns])],
  };
}

/** An ACK where SYN,ACK was due may be the first half of it; its SYN follows. */
function splitIf(block: Block, verdict: Verdict | undefined, e: Emission): Block {
  const split = verdict?.reason === "syn-ack-due" && !has(e.flags, SYN);
  return split === block.split ? block : { ...block, split };
}

/** Carries out what a judgement learned of symbols. */
export function learn(symbols: Symbols, { binds, learns }: Pick<Judgement, "binds" | "learns">): void {
  for (const { symbol: name, kind } of learns) if (!symbols.kinds.has(name)) symbols.kinds.set(name, kind);
  for (const { symbol: name, value } of binds) bind(symbols, name, value);
}
