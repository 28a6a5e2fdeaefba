/** How a segment came about: the likeliest of its stories that is right. */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { stampAhead, stampOf } from "../tcp/options.ts";
import { type Header, has } from "../tcp/segment.ts";
import { BEFORE, UNSEEN } from "./capture-beginnings.ts";
import { mayBeEarly } from "./capture-early.ts";
import { ahead, type CapturedEnd, numberOf } from "./capture-ends.ts";
import { heard } from "./capture-lacking.ts";
import { type Origin, origins } from "./capture-origins.ts";
import { type Story, type Surroundings, tell, verdictsOf } from "./capture-story.ts";

/** How a segment is explained, and what would be wrong with it if the capture lacked nothing. */
export interface Explanation {
  readonly story: Story;
  readonly origin: Origin;
  readonly otherwise: Story;
}

/** The first legal story, or the one that is nearest to being legal. */
export function explain(end: CapturedEnd, other: CapturedEnd, header: Header, where: Surroundings): Explanation {
  if (isPlainNext(end, header)) {
    const origin: Origin = { block: end.block, waiting: end.waiting };
    const story = tell(header, end.block, end.waiting, end, other, where);
    if (story.legal) return { story, origin, otherwise: story };
  }
  let best: { story: Story; origin: Origin } | undefined;
  let echo: typeof best;
  let unseenEcho: typeof best;
  for (const origin of origins(end, other, header, where)) {
    const seen = origin.older ? timeless(header) : header;
    const story = tell(seen, origin.block, origin.waiting, end, other, where);
    if (story.legal) return { story, origin, otherwise: best?.story ?? story };
    if (isOnlyOldEcho(story, other, header, where)) echo ??= { story: { ...story, legal: true }, origin };
    else if (isOnlyEcho(story)) unseenEcho ??= withEcho(story, origin, header);
    if (!best || (!origin.unlikely && story.weight < best.story.weight)) best = { story, origin };
  }
  const found = echo ??
    unseenEcho ??
    best ?? {
      story: tell(header, end.block, [], end, other, where),
      origin: { block: end.block, waiting: [] },
    };
  return { ...found, otherwise: (found === unseenEcho && best?.story) || found.story };
}

/** Without what depends on when it left: its window, clock and SACK blocks. An opener's SYN echoes nothing at any time. */
function timeless(header: Header): Header {
  const opens = has(header.flags, SYN);
  if (opens && has(header.flags, ACK)) return { ...header, window: undefined, options: [] };
  const options = opens ? header.options : header.options.filter(({ kind }) => kind !== "TS" && kind !== "sack");
  return { ...header, window: undefined, options };
}

/** A segment at SND.NXT needs no other story of its own stream. */
function isPlainNext({ block, midway }: CapturedEnd, { seq, flags }: Header): boolean {
  return !midway && !has(flags, SYN | RST) && block.sndNxt !== undefined && numberOf(seq) === numberOf(block.sndNxt);
}

/** Without the SACK blocks that name octets which were not captured: nobody can tell whether they are held. */
export function withoutUnknown(header: Header, other: CapturedEnd, where: Surroundings): Header {
  const {
    stream,
    midway,
    since,
    certain,
    sent,
    block: { sndNxt },
  } = other;
  if (!header.options.some(({ kind }) => kind === "sack")) return header;
  const holes = stream.ranges.filter(({ segment }) => segment === UNSEEN || segment === BEFORE);
  if (since === undefined && holes.length === 0) return header;
  // Copies of anything may have left before the capture began, cut in other places.
  const early = mayBeEarly(other, where);
  const unknown = (octet: number): boolean =>
    early ||
    (midway && (sent === 0 || (sndNxt !== undefined && ahead(numberOf(sndNxt), octet) >= 0))) ||
    (since !== undefined && (!certain || ahead(numberOf(certain), octet) < 0)) ||
    holes.some(({ start, end }) => ahead(numberOf(start), octet) >= 0 && ahead(octet, numberOf(end)) > 0);
  const options = header.options.map((option) =>
    option.kind === "sack"
      ? {
          ...option,
          blocks: option.blocks.filter(({ left, right }) => !unknown(numberOf(left)) && !unknown(numberOf(right) - 1)),
        }
      : option,
  );
  return { ...header, options };
}

/** It echoes a timestamp that was not captured, but may have been sent before those that were. */
function isOnlyOldEcho(
  { judgement }: Story,
  { stamp }: CapturedEnd,
  { flags, options }: Header,
  { now, began, msl }: Surroundings,
): boolean {
  const echo = stampOf(options)?.echo;
  if (echo === undefined || stamp === undefined) return false;
  // A SYN may have been repeated before the capture began.
  if (stampAhead(echo, stamp) < 0 && !(has(flags, SYN) && now - began <= msl)) return false;
  return isOnlyEcho({ judgement });
}

/** Nothing is wrong but that the timestamp which it echoes was not captured. */
function isOnlyEcho({ judgement }: Pick<Story, "judgement">): boolean {
  const verdicts = verdictsOf(judgement);
  return verdicts.length > 0 && verdicts.every(({ reason }) => reason === "echo-never-received");
}

/** The same if the segment that it echoes has arrived, and the capture lacks that. */
function withEcho(story: Story, origin: Origin, header: Header): { story: Story; origin: Origin } {
  const judgement = { ...story.judgement, after: heard(story.judgement.after, header) };
  return { story: { ...story, judgement, legal: true }, origin: { ...origin, missing: origin.missing ?? "stamp" } };
}
