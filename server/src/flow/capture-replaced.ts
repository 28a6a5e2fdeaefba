/** SYNs that only seemed to begin a new connection: the old one goes on behind them (RFC 9293 §3.5, Figure 10). */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { type Header, has } from "../tcp/segment.ts";
import { neverCaptured } from "./capture-beginnings.ts";
import { mayBeEarly } from "./capture-early.ts";
import { ahead, type CapturedEnd, numberOf } from "./capture-ends.ts";
import type { Surroundings } from "./capture-story.ts";

/** The old connection goes on behind a SYN that seemed to begin a new one: gives that SYN, unless it may be a late one. */
export function revive(
  end: CapturedEnd,
  other: CapturedEnd,
  { flags, seq, ack }: Header,
  where: Surroundings,
): Header | undefined {
  const { replaced } = end;
  // Whoever has forgotten the old connection refuses its segments (RFC 9293 Figure 10).
  if (!replaced || (has(flags, RST) && !ack)) return undefined;
  const { header, block, ranges, waiting, since } = replaced;
  if (has(flags, SYN) && numberOf(seq) === numberOf(header.seq)) return undefined;
  end.replaced = undefined;
  const next = block.sndNxt && ahead(numberOf(block.sndNxt), numberOf(seq));
  if (has(flags, SYN)) return undefined;
  const late =
    next === undefined
      ? since !== undefined
      : !where.exact &&
        (mayBeEarly({ since }, where) || neverCaptured({ stream: { ranges } }, numberOf(header.seq) + 1));
  const opening = ahead(numberOf(header.seq), numberOf(seq));
  // What the SYN carried may be counted or not.
  const goesOn = next !== undefined && next >= 0 && next <= numberOf(header.data) + 1 && (opening !== 1 || next === 0);
  // A SYN,ACK that is late too answers nothing new.
  const isAnswered = end.waiting.some((one) => isSynAck(one) && !neverCaptured(other, numberOf(one.seq) + 1));
  if (late ? next !== 0 && isAnswered : !goesOn) return undefined;
  end.block = late ? block : { ...block, sndNxt: seq };
  end.since = since;
  end.waiting = [...waiting, ...end.waiting];
  end.stream.ranges.splice(0, end.stream.ranges.length, ...ranges);
  return late || header.index < 0 ? undefined : header;
}

function isSynAck({ flags }: Header): boolean {
  return has(flags, SYN) && has(flags, ACK);
}
