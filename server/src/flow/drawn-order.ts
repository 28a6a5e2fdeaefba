/**
 * The order in which segments left, where the network has turned it round on the way to the capture, and what each of
 * them proves in that order.
 */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { num } from "../tcp/numbers.ts";
import type { SeenOption } from "../tcp/options.ts";
import { type Header, has } from "../tcp/segment.ts";
import { type EndNumber, newEnds, takeSegment } from "./capture-connection.ts";
import { ahead, type DrawnRecord, endOf, sizeOf } from "./drawn-record.ts";

/** Microseconds: RFC 9293 §3.4.2. */
const MSL = 120_000_000;

/** The segments as they left, each with what had arrived by then; `at` is the end at which the capture was taken. */
export function inOrder(records: readonly DrawnRecord[], at: EndNumber | undefined): DrawnRecord[] {
  const ordered: DrawnRecord[] = [];
  for (const record of records) {
    const place = record.from === at ? -1 : overtakerOf(ordered, record);
    if (place < 0) ordered.push(record);
    else ordered.splice(place, 0, record);
  }
  return provedAnew(ordered);
}

/** The first segment of the same end, and of the same connection, that left behind this one although it came before it. */
function overtakerOf(before: readonly DrawnRecord[], record: DrawnRecord): number {
  if (has(record.flags, SYN)) return has(record.flags, ACK) ? openedBy(before, record) : -1;
  const opened = before.findLastIndex(({ from, flags }) => from === record.from && has(flags, SYN));
  const isRepeated = before.some((copy) => copy.from === record.from && copy.seq === record.seq && sizeOf(copy) > 0);
  return before.findIndex((other, index) => index > opened && leftBehind(other, record, isRepeated));
}

/** What a SYN,ACK must have opened: what has a number behind it, and no SYN of its own. */
function openedBy(before: readonly DrawnRecord[], { from, seq }: DrawnRecord): number {
  const asked = before.findLastIndex(({ from: sender, flags }) => sender !== from && has(flags, SYN));
  if (before.some((other, index) => index > asked && other.from === from && has(other.flags, SYN))) return -1;
  return before.findIndex(
    (other, index) => index > asked && other.from === from && !has(other.flags, RST) && ahead(seq, other.seq) > 0,
  );
}

/** Whether `other` surely left behind `record`, as clocks, acknowledgments, numbers and SACK blocks say. */
function leftBehind(other: DrawnRecord, record: DrawnRecord, isRepeated: boolean): boolean {
  if (other.from !== record.from) return false;
  // Who has reset the connection refuses what still comes, without ACK (RFC 9293 §3.5.2).
  if (has(record.flags, RST)) return isAbort(record) && has(other.flags, RST) && !isAbort(other);
  if (has(other.flags, RST)) return true;
  if (!has(other.flags, ACK) || !has(record.flags, ACK)) return false;
  const [one, two] = [other.options.stamp, record.options.stamp];
  const clock = one && two ? ahead(two.value, one.value) : 0;
  const further = clock || ahead(record.ack, other.ack);
  if (further !== 0) return further > 0;
  const [ours, theirs] = [endOf(record), endOf(other)];
  // A pure ACK carries SND.NXT.
  if (sizeOf(record) === 0 && ours !== theirs) return ahead(ours, theirs) > 0;
  if (sizeOf(record) > 0 && (one || sizeOf(other) === 0) && !isRepeated && ours !== theirs)
    return ahead(ours, sizeOf(other) > 0 ? other.seq : theirs) >= 0;
  return reportsMore(other, record);
}

/** A reset that is no answer to what nobody knows. */
function isAbort({ flags, seq }: DrawnRecord): boolean {
  return has(flags, ACK) && seq !== 0;
}

/** Whether its SACK blocks hold all that the other's hold, and more. */
function reportsMore(other: DrawnRecord, record: DrawnRecord): boolean {
  const [more, less] = [blocksOf(other), blocksOf(record)];
  const holds = less.every((block) =>
    more.some(({ left, right }) => ahead(left, block.left) >= 0 && ahead(block.right, right) >= 0),
  );
  return holds && octetsIn(more) > octetsIn(less);
}

/** What is held above what is acknowledged. */
function blocksOf({ ack, options }: DrawnRecord): readonly { readonly left: number; readonly right: number }[] {
  return (options.sack ?? []).filter(({ left }) => ahead(ack, left) > 0);
}

function octetsIn(blocks: readonly { readonly left: number; readonly right: number }[]): number {
  return blocks.reduce((sum, { left, right }) => sum + ahead(left, right), 0);
}

/** Every segment with the packets that had arrived when it left, judged in this order. */
function provedAnew(records: readonly DrawnRecord[]): DrawnRecord[] {
  const ends = newEnds();
  let syns = 0;
  let now = 0;
  return records.map((record, index) => {
    const { from, flags, time } = record;
    now = Math.max(now, time);
    if (has(flags, SYN) && !has(flags, RST)) syns |= from + 1;
    const header = headerOf(record, index, syns === 3);
    const { given } = takeSegment(ends, from, header, { now, msl: MSL, began: records[0]?.time ?? now, exact: false });
    return { ...record, given: given.flatMap((place) => records[place]?.packet ?? []), overtaken: false };
  });
}

function headerOf({ flags, seq, ack, length, window, options }: DrawnRecord, index: number, scaled: boolean): Header {
  return {
    index,
    flags,
    seq: num(seq),
    ack: has(flags, ACK) ? num(ack) : undefined,
    data: num(length),
    window: scaled || window === 0 ? window : undefined,
    options: optionsOf(options),
  };
}

function optionsOf({ mss, wscale, sackOK, stamp, sack, cookie }: DrawnRecord["options"]): SeenOption[] {
  const seen: SeenOption[] = [];
  if (mss !== undefined) seen.push({ kind: "mss", value: mss });
  if (sackOK) seen.push({ kind: "sackOK" });
  if (stamp) seen.push({ kind: "TS", ...stamp });
  if (wscale !== undefined) seen.push({ kind: "wscale", value: wscale });
  if (cookie !== undefined) seen.push({ kind: "FO" });
  if (sack)
    seen.push({ kind: "sack", blocks: sack.map(({ left, right }) => ({ left: num(left), right: num(right) })) });
  return seen;
}
