/**
 * Finds a story in which a captured segment is right. A capture shows when segments passed one point, not when they
 * arrived: an end is given the other's segments only as far as its own next segment proves that it has them.
 */
import { arrive } from "../tcp/arrival.ts";
import type { Block } from "../tcp/block.ts";
import { type Judgement, judge } from "../tcp/emission.ts";
import { RST, SYN } from "../tcp/flags.ts";
import type { Emission, EmissionRule } from "../tcp/judgement.ts";
import { stampAhead, stampOf } from "../tcp/options.ts";
import type { Arrival, ArrivalContext } from "../tcp/outcomes.ts";
import { type Header, has, isPureAck, takesNumbers } from "../tcp/segment.ts";
import { ahead, type CapturedEnd, cut, endValue, hasOlderClocks, NO_SYMBOLS, numberOf } from "./capture-ends.ts";

/** What is known beside the two ends. */
export interface Surroundings {
  readonly now: number;
  /** Microseconds; half of what TIME-WAIT lasts. */
  readonly msl: number;
  /** When the capture began; of a connection that was lost sight of, when it was met again. */
  readonly began: number;
  /** The order of what this end sends and receives is the order of the capture. */
  readonly exact: boolean;
}

/** A way in which the segment may have come about. */
export interface Story {
  readonly judgement: Judgement;
  /** The block from which it left. */
  readonly before: Block;
  /** What had arrived by then, and what had not, of the segments that were waiting. */
  readonly given: readonly Header[];
  readonly waiting: readonly Header[];
  /** Blocks that other right choices of its TCP would have led to. */
  readonly others: readonly Block[];
  /** How far it is from being right; 0 where no rule is broken. */
  readonly weight: number;
  readonly legal: boolean;
}

/** What a capture cannot tell, or what offloading and delays make look wrong (§10.4 of the notes on captures). */
const SILENT: ReadonlySet<EmissionRule> = new Set<EmissionRule>([
  "unneeded-ack",
  "unneeded-retransmission",
  "undrawn-data",
  "borrowed-number",
  "mss-exceeded",
  "syn-data",
]);

/** Verdicts that count in a capture. */
export function verdictsOf({ verdicts }: Judgement): Judgement["verdicts"] {
  return verdicts.length === 0 ? verdicts : verdicts.filter(({ rule }) => !SILENT.has(rule));
}

/** The smaller, the nearer to being right. */
function weightOf(judgement: Judgement): number {
  let sum = 0;
  for (const { rule } of verdictsOf(judgement)) sum += rule === "illegal-segment" || rule === "illegal-flags" ? 10 : 1;
  return sum;
}

const NO_FATES: Emission["fates"] = [];
const NO_OWNERS: Emission["owners"] = new Map();

/** Silence after which a keep-alive is plausible, in microseconds: kernels can be told to wait a second since the last arrival. */
const SILENCE = 900_000;

function emissionOf(header: Header, block: Block, end: CapturedEnd, other: CapturedEnd, where: Surroundings): Emission {
  const { now, msl } = where;
  // What asks for an answer, and the answer, are no news to an end that waits.
  const quiet = block.idle === false && now - Math.max(end.newsAt, other.newsAt) >= SILENCE;
  return {
    index: header.index,
    flags: header.flags,
    seq: header.seq,
    ack: header.ack,
    len: header.data,
    window: header.window,
    options: header.options,
    fastOpen: has(header.flags, SYN) || end.arrived?.options.some(({ kind }) => kind === "FO") === true,
    mss: undefined,
    block: quiet ? { ...block, idle: "silence" } : block,
    own: end.stream,
    peer: other.block,
    incoming: other.stream,
    fates: NO_FATES,
    symbols: NO_SYMBOLS,
    timedOut: false,
    owners: NO_OWNERS,
    now,
    msl,
    callsDrawn: false,
    olderClocks: hasOlderClocks(end, header),
  };
}

/**
 * Tries the arrivals that may have come before the segment, one after the other, from `block` on. At an end whose order
 * is exact as many as possible have arrived, elsewhere as few as the segment proves.
 */
export function tell(
  header: Header,
  block: Block,
  waiting: readonly Header[],
  end: CapturedEnd,
  other: CapturedEnd,
  where: Surroundings,
): Story {
  const at: Telling["at"] = (now, given, left) => {
    const judgement = judge(emissionOf(header, now, end, other, where));
    const weight = weightOf(judgement);
    return { judgement, before: now, given, waiting: left, others: NO_BLOCKS, weight, legal: weight === 0 };
  };
  if (waiting.length === 0) return at(block, NO_HEADERS, waiting);
  // What can only say that more must arrive first need not be asked.
  const none = mayFit(header, block) ? at(block, NO_HEADERS, waiting) : undefined;
  if (none?.legal && !where.exact) return none;
  const telling: Telling = { header, arrivals: cutAtEdges(waiting, header, block), block, none, at, where };
  if (!reportsHoles(header, block)) return walk(telling, () => true);
  // First as the SACK option says, then as if it left something out: there is room for few blocks.
  const reported = walk(telling, isReported);
  if (reported.legal) return reported;
  const free = walk(telling, () => true);
  if (free.legal) return free;
  // Any that only acknowledges may have been lost: it would hide the window of one with an older number.
  const bare = walk(telling, (arrival) => !isPureAck(arrival));
  if (bare.legal) return bare;
  return free.weight <= reported.weight ? free : reported;
}

const NO_HEADERS: readonly Header[] = [];
const NO_BLOCKS: readonly Block[] = [];

interface Telling {
  readonly header: Header;
  readonly arrivals: readonly Header[];
  readonly block: Block;
  /** The story in which nothing more has arrived; absent where it is certainly wrong. */
  readonly none: Story | undefined;
  readonly at: (block: Block, given: readonly Header[], left: readonly Header[]) => Story;
  readonly where: Surroundings;
}

/** The best story so far, and how much of the lists it has used. */
interface Found {
  readonly story: Story;
  readonly given: number;
  readonly left: number;
  readonly next: number;
}

/** Choices that are kept open. */
const MOST_OTHERS = 4;

/** Lets one segment after the other arrive, of those that may have. */
function walk(
  { header, arrivals, block, none, at, where }: Telling,
  may: (arrival: Header, header: Header) => boolean,
): Story {
  const { now, exact } = where;
  const context: ArrivalContext = { symbols: NO_SYMBOLS, now, answer: header, repeats: false, listens: undefined };
  const given: Header[] = [];
  const left: Header[] = [];
  let others = NO_BLOCKS;
  let current = block;
  let found: Found | undefined = none && { story: none, given: 0, left: 0, next: 0 };
  for (const [i, arrival] of arrivals.entries()) {
    if (!mayHaveArrived(arrival, header, current) || !may(arrival, header)) {
      left.push(arrival);
      continue;
    }
    const taken = arrive(current, inItsTime(arrival, current), context);
    current = fitting(header, current, taken, arrival);
    given.push(arrival);
    // Where a TCP has a choice, the other way is remembered.
    if (taken.or) others = [...taken.or, ...others].slice(0, MOST_OTHERS);
    if (!mayFit(header, current)) continue;
    const story: Story = { ...at(current, given, left), others };
    const better = !found || (!found.story.legal && story.weight <= found.story.weight);
    if (story.legal || better) found = { story, given: given.length, left: left.length, next: i + 1 };
    if (story.legal && !exact) break;
  }
  if (!found) return at(block, NO_HEADERS, arrivals);
  const waiting = [...left.slice(0, found.left), ...arrivals.slice(found.next)];
  return { ...found.story, given: given.slice(0, found.given), waiting };
}

/** What the arrival led to; where that cannot be, another right choice that explains what is acknowledged. */
function fitting(header: Header, before: Block, { block, or, outcome }: Arrival, arrival: Header): Block {
  if (!or) return block;
  // Who has no room for what lies ahead drops it, and does not report it then.
  if (header.window === 0 && outcome === "held" && !isReported(arrival, header)) return or.at(-1) ?? block;
  if (mayFit(header, block)) return block;
  return or.find((other) => other.rcvNxt !== before.rcvNxt && mayFit(header, other)) ?? block;
}

/** Whether the segment says what lies above the first hole (RFC 2018 §4). */
function reportsHoles(header: Header, { options }: Block): boolean {
  return options.peer?.sackOK !== false && header.ack !== undefined && !has(header.flags, SYN | RST);
}

/** Data above what is acknowledged has arrived if a block names it. */
function isReported(arrival: Header, header: Header): boolean {
  if (header.ack === undefined || !takesNumbers(arrival)) return true;
  const [start, end] = [numberOf(arrival.seq), endValue(arrival)];
  if (ahead(numberOf(header.ack), end) <= 0) return true;
  return header.options.some(
    (option) =>
      option.kind === "sack" &&
      option.blocks.some(({ left, right }) => ahead(numberOf(left), start) >= 0 && ahead(end, numberOf(right)) >= 0),
  );
}

/** What has arrived unnoticed has arrived before segments with a later timestamp, and was not too old then (RFC 7323 §5.3). */
function inItsTime(arrival: Header, { options: { recent } }: Block): Header {
  const stamp = stampOf(arrival.options);
  if (!stamp || recent === undefined || stampAhead(recent, stamp.value) >= 0) return arrival;
  const options = arrival.options.map((option) => (option.kind === "TS" ? { ...option, value: recent } : option));
  return { ...arrival, options };
}

/** What is acknowledged is what is wanted next: that octet has not arrived. */
function mayHaveArrived(arrival: Header, header: Header, { rcvNxt, finReceived }: Block): boolean {
  if (header.ack === undefined || rcvNxt === undefined || has(header.flags, RST) || !takesNumbers(arrival)) return true;
  if (finReceived !== undefined || has(arrival.flags, SYN)) return true;
  const ack = numberOf(header.ack);
  return ahead(ack, endValue(arrival)) <= 0 || ahead(ack, numberOf(arrival.seq)) > 0;
}

/** Spares a judgement that can only say that more must arrive first. */
function mayFit(header: Header, { rcvNxt, synData, state }: Block): boolean {
  if (has(header.flags, RST)) return true;
  // Who has received nothing yet answers nothing.
  if (header.ack !== undefined && (state === "CLOSED" || state === "LISTEN" || state === "SYN-SENT")) return false;
  if (header.ack === undefined || rcvNxt === undefined || synData || has(header.flags, SYN)) return true;
  return numberOf(header.ack) === numberOf(rcvNxt);
}

/** The largest segment that the wire carries where nobody announced another. */
const USUAL_MSS = 1460;

/** A segment longer than the wire carries left in several: any of them may be lost, late, or acknowledged alone. */
function cutAtEdges(waiting: readonly Header[], header: Header, { options }: Block): readonly Header[] {
  const mss = options.own?.mss ?? USUAL_MSS;
  if (!waiting.some(({ data }) => numberOf(data) > mss)) return waiting;
  const edges = header.ack === undefined ? [] : [numberOf(header.ack)];
  for (const option of header.options) {
    if (option.kind === "sack")
      for (const { left, right } of option.blocks) edges.push(numberOf(left), numberOf(right));
  }
  return waiting.flatMap((arrival) => cutAll(arrival, edges, mss));
}

function cutAll(arrival: Header, edges: readonly number[], mss: number): Header[] {
  if (numberOf(arrival.data) <= mss) return [arrival];
  const start = numberOf(arrival.seq);
  const within = edges
    .map((edge) => ahead(start, edge))
    .filter((offset) => offset > 0 && offset < numberOf(arrival.data))
    .sort((a, b) => a - b);
  const pieces: Header[] = [];
  let rest = arrival;
  for (const offset of new Set(within)) {
    const [first, second] = cut(rest, (start + offset) >>> 0);
    pieces.push(first);
    rest = second;
  }
  return [...pieces, rest];
}
