/** Checks a capture as it streams by: a segment is right if some schedule of arrivals and losses makes it so. */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import type { SeenOption } from "../tcp/options.ts";
import { areOver, passes } from "../tcp/plain.ts";
import { has } from "../tcp/segment.ts";
import { socketText } from "./capture-address.ts";
import { BEFORE, lies } from "./capture-beginnings.ts";
import { type EndNumber, isOver, type Taken, takeSegment } from "./capture-connection.ts";
import { duplicates } from "./capture-duplicates.ts";
import { rememberTold } from "./capture-early.ts";
import { headerOf, isEdge, newEnd, numberOf } from "./capture-ends.ts";
import { type CaptureFinding, findingOf } from "./capture-findings.ts";
import { answerArrived, judgeOpening, openedBy, plainlyOpen } from "./capture-opening.ts";
import { asPlain } from "./capture-plain.ts";
import type { Surroundings } from "./capture-story.ts";
import { connectionTable, direction, type Entry, type Vantage } from "./capture-table.ts";
import { fromPlain } from "./capture-unplain.ts";
import { vantageOf } from "./capture-vantage.ts";
import type { CapturedSegment } from "./captured.ts";
import type { LocaleOptions } from "./locale.ts";

/** What was made of one segment. */
export interface Judged {
  readonly segment: CapturedSegment;
  /** Connections count from 0 in the order of their first segments. */
  readonly connection: number;
  /** 0 is the sender of the connection's first segment: the client, as far as the capture tells. */
  readonly from: EndNumber;
  /** As settled so far. */
  readonly vantage: Vantage;
  readonly taken: Taken;
}

export interface CaptureOptions extends LocaleOptions {
  readonly vantage: Vantage | "auto";
  /** Told of every segment but those captured twice; the plain case is not cut short then. */
  readonly onSegment?: (judged: Judged) => void;
  /** Only these segments are taken. */
  readonly filter?: (segment: CapturedSegment) => boolean;
}

/** A capture that is being checked. */
export interface CaptureCheck {
  /** Takes the next segment of the capture. */
  take(segment: CapturedSegment): void;
  /** What was found so far, at most so many that memory stays bounded. */
  readonly findings: readonly CaptureFinding[];
  /** Found, but too many to be kept. */
  readonly more: number;
  readonly segments: number;
  readonly connections: number;
  /** How often the capture must lack packets for a segment to be right. */
  readonly lacking: number;
  /** Packets that were captured twice. */
  readonly doubled: number;
}

/** Microseconds: RFC 9293 §3.4.2. */
const MSL = 120_000_000;

const MOST_FINDINGS = 10_000;

/** After so many faults, one soon after the other, what was known of the connection cannot be right. */
const MOST_TROUBLE = 2;
/** Segments that may be under way: with more, e.g. where only one direction was captured, all begins anew. */
const MOST_WAITING = 2048;

/** What was not plain seldom comes alone: so many segments are judged before anything is plain again. */
const REST = 16;
/** How much a right segment makes up for. */
const TROUBLE_PASSES = 0.25;

/** From here on the options of this connection judge nothing; nor do windows, for they may be scaled. */
function loseOptions(entry: Entry, now: number): void {
  if (!entry.cut && !entry.fresh) forgetStory(entry, now);
  entry.cut = true;
}

const NO_OPTIONS: readonly SeenOption[] = [];

/** Goes on as if the capture began now. */
function forgetStory(entry: Entry, now: number): void {
  entry.trouble = 0;
  entry.forgotten = now;
  for (const end of entry.ends) Object.assign(end, newEnd());
  entry.syns = 0;
}

/** Begins a check. */
export function checkCapture({ vantage, onSegment, filter, locale = "en" }: CaptureOptions): CaptureCheck {
  const table = connectionTable(vantage === "auto" ? "middle" : vantage);
  const findings: CaptureFinding[] = [];
  const again = duplicates();
  let [segments, lacking, doubled, more, began] = [0, 0, 0, 0, 0];

  function report({ faults, lacks }: Taken, { connection }: Entry, from: EndNumber, segment: CapturedSegment): void {
    if (lacks) lacking++;
    if (faults.length === 0) return;
    const [self, peer] = [socketText(segment, "source"), socketText(segment, "destination")];
    const sockets = from === 0 ? `${self} - ${peer}` : `${peer} - ${self}`;
    for (const { header, verdict, from: sender } of faults) {
      if (findings.length < MOST_FINDINGS)
        findings.push(findingOf(verdict, header, { connection, sockets }, sender, locale));
      else more++;
    }
  }

  // A guess serves the drawing. What is wrong must be so wherever the capture was taken.
  const isGuess = vantage === "auto" && !onSegment;

  function isExact({ vantage: at }: Entry, from: EndNumber): boolean {
    return !isGuess && at === (from === 0 ? "client" : "server");
  }

  function around(entry: Entry, from: EndNumber, now: number): Surroundings {
    return { now, msl: MSL, began: Math.max(began, entry.forgotten), exact: isExact(entry, from) };
  }

  /** What was kept because it was plain becomes what the rules know. */
  function leavePlain(entry: Entry): void {
    const { ends, opening, plain } = entry;
    entry.fresh = false;
    if (plain) entry.rest = REST;
    if (opening) judgeOpening(ends, opening, (from, time) => around(entry, from, time));
    if (plain) {
      if (opening) answerArrived(ends);
      fromPlain(ends, plain);
    }
    entry.opening = undefined;
    entry.plain = undefined;
  }

  function find(segment: CapturedSegment): Entry {
    const entry = table.find(segment);
    if (!entry.over || !isNew(entry, segment)) return entry;
    table.drop(entry);
    return table.find(segment);
  }

  function stayPlain(entry: Entry, from: EndNumber, segment: CapturedSegment): boolean {
    const { plain, ends } = entry;
    if (!plain) return false;
    const lacks = !ends[from].midway && !isExact(entry, from);
    if (!passes(plain[from], plain[from === 0 ? 1 : 0], segment, lacks)) return false;
    ends[from].lastAt = segment.time;
    if (segment.length > 0) ends[from].newsAt = segment.time;
    if (ends[from].since !== undefined) rememberTold(ends[from], segment.ack, segment.window);
    if (plain[0].ended && areOver(plain)) table.close(entry);
    return true;
  }

  /** Takes a segment of a plain handshake, without judging it. */
  function open(entry: Entry, from: EndNumber, segment: CapturedSegment): boolean {
    const { opening } = entry;
    const next = openedBy(opening, from, segment);
    if (next) {
      entry.opening = next;
      entry.syns |= from + 1;
      return true;
    }
    // Data or a FIN on the third segment would have to arrive with it.
    const bare = segment.length === 0 && !has(segment.flags, FIN);
    const plain = opening && from === 0 && bare ? plainlyOpen(opening) : undefined;
    if (!plain || !passes(plain[0], plain[1], segment, false)) return false;
    entry.plain = plain;
    entry.fresh = false;
    entry.ends[0].lastAt = segment.time;
    return true;
  }

  /** What is not plain is judged by all rules. */
  function judge(entry: Entry, from: EndNumber, segment: CapturedSegment): void {
    const { ends } = entry;
    leavePlain(entry);
    const syn = has(segment.flags, SYN) && !has(segment.flags, RST);
    if (syn) entry.syns |= from + 1;
    if (segment.options.cut) loseOptions(entry, segment.time);
    const isWhole = ends.every(({ since }) => since === undefined);
    const known = headerOf(segment, entry.syns === 3 && isWhole && !entry.cut);
    const header = entry.cut ? { ...known, options: NO_OPTIONS } : known;
    if (vantage === "auto") entry.vantage = vantageOf(entry, from, segment);
    const taken = takeSegment(ends, from, header, around(entry, from, segment.time));
    if (ends[from].since !== undefined && header.ack) rememberTold(ends[from], segment.ack, segment.window);
    report(taken, entry, from, segment);
    entry.trouble = taken.faults.length > 0 ? entry.trouble + 1 : Math.max(0, entry.trouble - TROUBLE_PASSES);
    const isTooMuch = ends.some(({ waiting }) => waiting.length > MOST_WAITING);
    if (entry.trouble >= MOST_TROUBLE || isTooMuch) forgetStory(entry, segment.time);
    onSegment?.({ segment, connection: entry.connection, from, vantage: entry.vantage, taken });
    settle(entry, segment, taken);
  }

  function settle(entry: Entry, { flags, time }: CapturedSegment, { faults }: Taken): void {
    const { ends } = entry;
    if (isOver(ends)) table.close(entry);
    else entry.over = false;
    if (onSegment || faults.length > 0 || has(flags, SYN | FIN | RST) || !has(flags, ACK)) return;
    if (entry.rest > 0) entry.rest--;
    else entry.plain = asPlain(ends, time);
  }

  return {
    findings,
    get more() {
      return more;
    },
    get segments() {
      return segments;
    },
    get connections() {
      return table.count;
    },
    get lacking() {
      return lacking;
    },
    get doubled() {
      return doubled;
    },
    take(segment) {
      if (filter && !filter(segment)) return;
      if (segments === 0) began = segment.time;
      segments++;
      if (again(segment)) {
        doubled++;
        return;
      }
      const entry = find(segment);
      const from = direction(entry, segment) ?? 0;
      if (stayPlain(entry, from, segment) || (entry.fresh && !onSegment && open(entry, from, segment))) return;
      judge(entry, from, segment);
    },
  };
}

/** A SYN with another number than those of the connection that is over, which does not go on with them (RFC 9293 §3.6.1). */
function isNew({ ends, opening, plain }: Entry, { flags, seq }: CapturedSegment): boolean {
  if (!has(flags, SYN) || has(flags, ACK | RST)) return false;
  if (opening && seq === opening.syn.seq) return false;
  if (plain?.some(({ next }) => next >>> 0 === seq)) return false;
  // It may be a late copy of the SYN that was not captured.
  return ends.every(
    ({ block: { iss }, stream }) =>
      (iss === undefined || numberOf(iss) !== seq) &&
      !isEdge(stream, seq) &&
      !lies({ stream }, (seq + 1) >>> 0, BEFORE),
  );
}
