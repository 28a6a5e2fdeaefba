/** Which options may stand on which segment, and what they may say (RFC 7323, RFC 2018, RFC 2883, RFC 7413). */

import type { Block } from "../block.ts";
import { ACK, RST, SYN } from "../flags.ts";
import type { Emission, Verdict } from "../judgement.ts";
import { distance, num, type Symbols } from "../numbers.ts";
import {
  MOST_SHIFT,
  type SackBlock,
  type SeenOption,
  stampAhead,
  stampOf,
  usesTimestamps,
  wasReceived,
} from "../options.ts";
import { type Header, has } from "../segment.ts";
import { equal, findRange } from "../streams.ts";

/** A rule about one option; `index` is its place in the list. */
type OptionRule = (e: Emission, header: Header, option: SeenOption, index: number) => Verdict | undefined;

const AT = { place: "options" } as const;

/** O1: MSS, window scale, SACK-permitted and Fast Open stand on SYN segments only (RFC 9293 §3.2 MUST-65). */
const synOnly: OptionRule = (_e, header, { kind }, option) => {
  const onSyn = kind === "mss" || kind === "wscale" || kind === "sackOK" || kind === "FO";
  if (!onSyn || has(header.flags, SYN)) return undefined;
  return { rule: "option-not-allowed", reason: "syn-only", ...AT, option, rfc: "RFC 9293 §3.2" };
};

/** O2: a SYN,ACK answers window scale and timestamps only where the SYN offered them (RFC 7323 §2.2, §3.2). */
const neverOffered: OptionRule = (e, header, { kind }, option) => {
  const { peer } = e.block.options;
  if (!has(header.flags, SYN) || !has(header.flags, ACK) || !peer || e.block.origin === "active") return undefined;
  const missing = (kind === "wscale" && peer.wscale === undefined) || (kind === "TS" && !peer.timestamps);
  if (!missing) return undefined;
  return {
    rule: "option-not-allowed",
    reason: "not-offered",
    ...AT,
    option,
    rfc: kind === "TS" ? "RFC 7323 §3.2" : "RFC 7323 §2.2",
  };
};

/** O3: SACK goes to an end that has permitted it (RFC 2018 §2). */
const sackWithoutPermission: OptionRule = (e, _header, { kind }, option) => {
  const { peer } = e.block.options;
  if (kind !== "sack" || !peer || peer.sackOK) return undefined;
  return { rule: "option-not-allowed", reason: "sack-not-permitted", ...AT, option, rfc: "RFC 2018 §2" };
};

/** O7: the largest shift is 14 (RFC 7323 §2.3). */
const shiftTooLarge: OptionRule = (_e, _header, seen, option) => {
  if (seen.kind !== "wscale" || seen.value <= MOST_SHIFT) return undefined;
  return { rule: "option-not-allowed", reason: "shift-too-large", ...AT, option, rfc: "RFC 7323 §2.3" };
};

/** O4: a block names octets that are held, from first to one past the last; the first may be a duplicate's (RFC 2883 §4). */
const wrongSack: OptionRule = (e, header, seen, option) => {
  if (seen.kind !== "sack" || has(header.flags, SYN)) return undefined;
  for (const [i, block] of seen.blocks.entries()) {
    const reason = sackFault(e.block, block, i === 0 ? seen.blocks[1] : undefined, i === 0, e.symbols);
    if (!reason || (reason === "sack-not-held" && isPartHeld(e, block))) continue;
    const edges = reason === "sack-not-held" ? heldAround(e.block, block, e.symbols) : undefined;
    return { rule: "wrong-sack", reason, ...AT, option, block: i, ...(edges ? { edges } : {}), rfc: "RFC 2018 §4" };
  }
  return undefined;
};

type SackFault = "sack-inverted" | "sack-below-ack" | "sack-not-held";

function sackFault(
  block: Block,
  { left, right }: SackBlock,
  second: SackBlock | undefined,
  first: boolean,
  symbols: Symbols,
): SackFault | undefined {
  const { rcvNxt, held } = block;
  if (distance(left, right, symbols).max <= 0) return "sack-inverted";
  if (!rcvNxt) return undefined;
  const acknowledged = distance(right, rcvNxt, symbols).min >= 0;
  if (acknowledged) return first ? undefined : "sack-below-ack";
  const inside =
    second && distance(second.left, left, symbols).min >= 0 && distance(right, second.right, symbols).min >= 0;
  if (first && inside) return undefined;
  const unknown = (n: { min: number; max: number }): boolean => n.min !== n.max;
  if (unknown(distance(rcvNxt, left, symbols)) || unknown(distance(rcvNxt, right, symbols))) return undefined;
  const same = (a: SackBlock["left"], b: SackBlock["left"]): boolean => {
    const d = distance(a, b, symbols);
    return d.min <= 0 && d.max >= 0;
  };
  const begins = held.some((range) => same(range.start, left));
  const ends = held.some((range) => same(range.end, right));
  return begins && ends ? undefined : "sack-not-held";
}

/**
 * Kernels remember four blocks, and what they have forgotten joins no further one: a block may end within what is held,
 * where a segment ends (Linux's tcp_sack_new_ofo_skb).
 */
function isPartHeld({ block: { held }, incoming, symbols }: Emission, { left, right }: SackBlock): boolean {
  const within = held.some(
    ({ start, end }) => distance(start, left, symbols).min >= 0 && distance(right, end, symbols).min >= 0,
  );
  const isEdge = (at: SackBlock["left"]): boolean =>
    findRange(incoming, at, symbols, ({ start, end }) => equal(start, at, symbols) || equal(end, at, symbols)) !==
    undefined;
  return within && isEdge(left) && isEdge(right);
}

/** What is held without a hole where the block means to be. */
function heldAround({ held }: Block, { left, right }: SackBlock, symbols: Symbols): SackBlock | undefined {
  let found: SackBlock | undefined;
  for (const { start, end } of held) {
    const joins = found && distance(start, found.right, symbols).min >= 0;
    if (found && joins) found = distance(found.right, end, symbols).min > 0 ? { left: found.left, right: end } : found;
    else if (!found && distance(left, end, symbols).min > 0 && distance(start, right, symbols).min > 0)
      found = { left: start, right: end };
  }
  return found;
}

/** O6: TSecr repeats a TSval that arrived, and TSval never runs back (RFC 7323 §3.2, §4.1). */
const wrongStamp: OptionRule = (e, header, seen, option) => {
  if (seen.kind !== "TS" || has(header.flags, RST)) return undefined;
  const { received, sent, peer } = e.block.options;
  const base = { rule: "wrong-timestamp", ...AT, option, rfc: "RFC 7323 §3.2" } as const;
  if (!has(header.flags, ACK)) {
    // Linux's tcp_tw_reuse goes on with the clocks of the old connection.
    const repeated = e.block.state === "SYN-SENT" && e.block.synSent;
    const again = repeated || (e.block.state === "TIME-WAIT" && wasReceived(received, seen.echo) !== false);
    return seen.echo === 0 || (e.olderClocks ?? again) ? undefined : { ...base, reason: "echo-without-ack" };
  }
  if (sent !== undefined && stampAhead(sent, seen.value) < 0) return { ...base, reason: "clock-runs-back" };
  // Only an end whose peer's SYN was seen has all TSvals.
  if (!peer?.timestamps || wasReceived(received, seen.echo) !== false) return undefined;
  const recent = e.block.options.recent;
  return { ...base, reason: "echo-never-received", ...(recent === undefined ? {} : { expected: num(recent) }) };
};

const RULES: readonly OptionRule[] = [
  synOnly,
  neverOffered,
  sackWithoutPermission,
  shiftTooLarge,
  wrongSack,
  wrongStamp,
];

/** O5: timestamps that both SYNs agreed on stand on every segment; a drawing that leaves all options out says nothing. */
function stampMissing(e: Emission, header: Header): Verdict | undefined {
  const { options } = e.block;
  const written = header.options.length > 0 || options.stamps;
  if (!written || !usesTimestamps(options) || has(header.flags, SYN | RST) || stampOf(header.options)) return undefined;
  return { rule: "wrong-timestamp", reason: "stamp-missing", place: "flags", rfc: "RFC 7323 §3.2" };
}

/** The first option that is wrong. */
export function readOptions(e: Emission, header: Header): Verdict | undefined {
  if (header.options.length === 0) return stampMissing(e, header);
  for (const [index, option] of header.options.entries()) {
    for (const rule of RULES) {
      const verdict = rule(e, header, option, index);
      if (verdict) return verdict;
    }
  }
  return stampMissing(e, header);
}
