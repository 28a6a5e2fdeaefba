/**
 * When each captured segment left and arrived. A capture tells when it passed one point; how far that is from each end
 * follows from how soon the end answers.
 */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { ahead, challenges, type DrawnConnection, type DrawnRecord, endOf, reflects, sizeOf } from "./drawn-record.ts";
import { watchTimers } from "./drawn-timers.ts";

/** A segment and its way; times are in microseconds, on the clock of the capture. */
export interface Way {
  readonly record: DrawnRecord;
  left: number;
  /** Nothing if it was lost. */
  arrived: number | undefined;
}

/** Where the capture was taken. */
export interface Place {
  /** Microseconds to either end. */
  readonly away: readonly [number, number];
  /** The end at which it was taken: what is captured there has arrived. */
  readonly at: EndNumber | undefined;
}

function peerOf(end: EndNumber): EndNumber {
  return end === 0 ? 1 : 0;
}

/** What a segment shows to have arrived at its sender: what it acknowledges, and what its story needs. */
function shownBy(records: readonly DrawnRecord[]): number[][] {
  const place = new Map(records.map(({ packet }, index) => [packet, index]));
  const open: number[] = [];
  return records.map((record, index) => {
    const shown = record.given.flatMap((packet) => place.get(packet) ?? []);
    for (const i of [...open]) {
      const asked = records[i];
      if (!asked || asked.from === record.from || !reflects(record, asked)) continue;
      open.splice(open.indexOf(i), 1);
      if (!shown.includes(i)) shown.push(i);
    }
    if (sizeOf(record) > 0) open.push(index);
    return shown;
  });
}

/** The shortest time in which an end answers is twice the way to it and back. The end that captures is no way off. */
export function placeOf({ records, vantage }: DrawnConnection, client: EndNumber): Place {
  const at = vantage === "middle" ? undefined : vantage === "client" ? client : peerOf(client);
  const [once, latest, first] = [newShortest(), newShortest(), newShortest()];
  const byPacket = new Map(records.map((record) => [record.packet, record]));
  for (const [index, shown] of shownBy(records).entries()) {
    const record = records[index];
    // The last one that the story of a segment needs, be it an acknowledgment alone.
    const needed = byPacket.get(record?.given.at(-1) ?? Number.NaN);
    if (record && needed) first[record.from] = Math.min(first[record.from], record.time - needed.time);
    for (const place of shown) {
      const asked = records[place];
      if (!record || !asked || sizeOf(asked) === 0 || asked.packet < 0) continue;
      const copies = records.slice(0, index).filter((other) => isCopy(other, asked));
      const keep = (shortest: [number, number], from: DrawnRecord): void => {
        shortest[record.from] = Math.min(shortest[record.from], record.time - from.time);
      };
      // Which of several copies was answered nobody knows (RFC 6298 §3).
      keep(copies.length > 1 ? latest : once, copies.at(-1) ?? asked);
      keep(first, copies[0] ?? asked);
    }
  }
  const known = (end: EndNumber): number => {
    const round = Math.min(Number.isFinite(once[end]) ? once[end] : latest[end], first[end]);
    return at === end || !Number.isFinite(round) ? 0 : rounded(round / 2);
  };
  return { away: [known(0), known(1)], at };
}

function newShortest(): [number, number] {
  return [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
}

/** Down to two digits: nobody reads more. */
function rounded(time: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(time, 1))) - 1);
  return Math.floor(time / unit) * unit;
}

/** What became of every segment of a connection, in the order of the capture. */
export function waysOf({ records }: DrawnConnection, place: Place): Way[] {
  const { away } = place;
  const proofs = proofsOf(records, place);
  const lost = lostOf(records, proofs, place);
  const left = records.map((_, index) => departure(records, index, away));
  const sacks = records.some(({ options }) => options.sack !== undefined);
  const timers = watchTimers();
  const probes = new Set(records.flatMap((record, index) => (timers.see(record) === "keepalive" ? [index] : [])));
  return records.map((record, index) => {
    const way: Way = { record, left: left[index] ?? record.time, arrived: undefined };
    if (lost.has(index)) return way;
    const isCaptured = record.packet >= 0;
    const soonest = isCaptured ? record.time + away[peerOf(record.from)] : way.left + away[0] + away[1];
    const denied = latestDenial(records, index, { proofs, left, sacks, probes });
    const isAnswered = probes.has(index) || (has(record.flags, SYN) && isChallenged(record, records.slice(index + 1)));
    const answered = isAnswered ? answerTo(records, index, { left, probes }) : Number.POSITIVE_INFINITY;
    return { ...way, arrived: Math.min(answered, Math.max(soonest, denied + 1)) };
  });
}

/** When the peer sent the answer to a keep-alive, or to a SYN: what comes next is a bare ACK, and no keep-alive of its own. */
function answerTo(records: readonly DrawnRecord[], index: number, of: Pick<Knowledge, "left" | "probes">): number {
  const next = records.findIndex(({ from }, i) => i > index && from !== records[index]?.from && !of.probes.has(i));
  const [asked, answer] = [of.left[index] ?? 0, records[next]];
  const time = answer && sizeOf(answer) === 0 ? (of.left[next] ?? 0) : Number.POSITIVE_INFINITY;
  return time > asked ? time : Number.POSITIVE_INFINITY;
}

/** How long before what overtook it a segment left, in microseconds. */
const EARLIER = 1000;

/** When a segment left; one that a later one has overtaken, as its acknowledgment says, before that one. */
function departure(records: readonly DrawnRecord[], index: number, away: Place["away"]): number {
  const record = records[index];
  if (!record) return 0;
  const { from, flags, ack, time, packet } = record;
  const usual = time - away[from];
  // What was not captured left a round trip before what shows it, but in the order of its stream.
  if (packet < 0) {
    const last = records.slice(0, index).findLast((other) => other.from === from && other.packet >= 0);
    return Math.max(usual - 2 * (away[0] + away[1]), last ? last.time - away[from] : Number.NEGATIVE_INFINITY);
  }
  if (away[from] === 0 || !has(flags, ACK) || has(flags, RST)) return usual;
  const reset = has(flags, SYN) ? undefined : resetBefore(records, index);
  if (reset) return reset.time - away[from] - EARLIER;
  const own = records.slice(0, index).filter((other) => other.from === from && has(other.flags, ACK));
  const place = own.findIndex((other) => ahead(ack, other.ack) > 0);
  const [before, overtaker] = [own[place - 1], own[place]];
  if (!overtaker) return usual;
  const room = before ? (overtaker.time - before.time) / 2 : EARLIER;
  return overtaker.time - away[from] - Math.min(EARLIER, Math.floor(room));
}

/** The first reset that the same end has sent on this connection: nothing leaves behind it. */
function resetBefore(records: readonly DrawnRecord[], index: number): DrawnRecord | undefined {
  const from = records[index]?.from;
  const own = records.slice(0, index).filter((other) => other.from === from);
  const opened = own.findLastIndex(({ flags }) => has(flags, SYN));
  return own.slice(opened + 1).find(({ flags }) => has(flags, RST));
}

/** By segment: the segment of the peer that first shows its arrival. Of several copies the last one that can have been in time. */
function proofsOf(records: readonly DrawnRecord[], { away, at }: Place): Map<number, number> {
  const proofs = new Map<number, number>();
  for (const [index, shown] of shownBy(records).entries()) {
    for (const first of shown) {
      const [record, asked] = [records[index], records[first]];
      if (!record || !asked) continue;
      let answered = first;
      for (let i = first + 1; sizeOf(asked) > 0 && record.from !== at && i < index; i++) {
        const copy = records[i];
        if (copy && isCopy(copy, asked) && record.time - copy.time >= 2 * away[record.from]) answered = i;
      }
      if (!proofs.has(answered)) proofs.set(answered, index);
    }
  }
  return proofs;
}

/** Segments that did not arrive: sent again, or answered by nothing that follows. */
function lostOf(
  records: readonly DrawnRecord[],
  proofs: ReadonlyMap<number, number>,
  { away, at }: Place,
): ReadonlySet<number> {
  const lost = new Set<number>();
  for (const [index, record] of records.entries()) {
    const { from } = record;
    if (at === peerOf(from)) continue;
    const later = records.slice(index + 1);
    if (isChallenged(record, later)) continue;
    if (sizeOf(record) > 0) {
      if (proofs.has(index)) continue;
      const repeated = later.some((other) => other.from === from && covers(other, record));
      const answered = later.some(
        ({ from: sender, time }) => sender !== from && time - record.time >= 2 * away[sender],
      );
      if (repeated || answered || isIgnored(record, later)) lost.add(index);
    } else if (!has(record.flags, RST)) {
      // An acknowledgment of what is sent once more has not arrived, if another one follows.
      const soonest = record.time + away[peerOf(from)];
      const denied = later.some(
        (other) => other.from !== from && other.time - away[other.from] > soonest && repeats(other, record),
      );
      const followed = later.some((other) => other.from === from && has(other.flags, ACK));
      if (denied && followed) lost.add(index);
    }
  }
  return lost;
}

/** No TCP owes an acknowledgment for longer (RFC 9293 §3.8.6.3), in microseconds. */
const LONGEST_DELAY = 500_000;

/** Its sender goes on when an answer would have come. */
export function isIgnored({ from, time }: DrawnRecord, later: readonly DrawnRecord[]): boolean {
  return later.some((other) => other.from === from && other.time - time > 2 * LONGEST_DELAY);
}

/** An old connection has answered the SYN, so that it has arrived. */
function isChallenged(record: DrawnRecord, later: readonly DrawnRecord[]): boolean {
  const answer = later.find(({ from }) => from !== record.from);
  return answer !== undefined && challenges(answer, record);
}

function isCopy(copy: DrawnRecord, { from, seq }: DrawnRecord): boolean {
  return copy.from === from && copy.seq === seq && sizeOf(copy) > 0;
}

function covers(copy: DrawnRecord, record: DrawnRecord): boolean {
  return sizeOf(copy) > 0 && ahead(copy.seq, record.seq) >= 0 && ahead(endOf(record), endOf(copy)) >= 0;
}

/** Whether a segment sends what the acknowledgment has acknowledged. */
function repeats(record: DrawnRecord, { ack, flags }: DrawnRecord): boolean {
  return has(flags, ACK) && sizeOf(record) > 0 && ahead(record.seq, ack) > 0;
}

interface Knowledge {
  readonly proofs: ReadonlyMap<number, number>;
  /** When each segment left. */
  readonly left: readonly number[];
  /** Whether acknowledgments report what is held above a hole. */
  readonly sacks: boolean;
  /** Keep-alives. */
  readonly probes: ReadonlySet<number>;
}

/** When the peer last sent something that shows that the segment had not arrived yet. */
function latestDenial(records: readonly DrawnRecord[], index: number, knowledge: Knowledge): number {
  const { proofs, left, sacks, probes } = knowledge;
  const record = records[index];
  let latest = Number.NEGATIVE_INFINITY;
  if (!record) return latest;
  // Who has a keep-alive to answer sends none.
  if (probes.has(index)) {
    const next = records.findIndex(({ from }, i) => i > index && from !== record.from);
    if (probes.has(next)) latest = left[next] ?? latest;
  }
  const proof = proofs.get(index);
  const until = proof === undefined ? Number.POSITIVE_INFINITY : (left[proof] ?? 0);
  const since = left[index] ?? 0;
  for (const [i, other] of records.entries()) {
    const time = left[i] ?? 0;
    if (other.from === record.from || i === proof || time < since || time >= until) continue;
    const denies = sizeOf(record) > 0 ? leavesOut(other, record, sacks) : repeats(other, record);
    if (denies) latest = Math.max(latest, time);
  }
  return latest;
}

/** A header has room for so many SACK blocks beside timestamps. */
const ALL_BLOCKS = 3;

/** Whether an acknowledgment would tell of the segment, had it arrived, and does not. */
function leavesOut(other: DrawnRecord, record: DrawnRecord, sacks: boolean): boolean {
  // Who opens once more has not seen the answer.
  if (has(other.flags, SYN) && !has(other.flags, ACK)) return record.ack === endOf(other) && has(record.flags, SYN);
  if (!has(other.flags, ACK) || reflects(other, record)) return false;
  const isNext = ahead(record.seq, other.ack) >= 0;
  return isNext || (sacks && (other.options.sack?.length ?? 0) < ALL_BLOCKS);
}
