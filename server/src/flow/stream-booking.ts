/** What a departing segment adds to its stream, and to the peer's. */
import type { Block } from "../tcp/block.ts";
import { extendsBeyond } from "../tcp/booking.ts";
import type { Judgement } from "../tcp/emission.ts";
import { ACK, FIN, SYN } from "../tcp/flags.ts";
import { minus, type Num, num, plus, type Symbols } from "../tcp/numbers.ts";
import { sendUndrawn, takeUndrawn } from "../tcp/receiving.ts";
import { endOf, type Header, has, takesNumbers } from "../tcp/segment.ts";
import { type Stream, splitAt } from "../tcp/streams.ts";
import { numberOf } from "./fields.ts";
import type { Written } from "./flow.ts";
import { type Run, setBlock, type WorkingEnd } from "./run.ts";

/** Data that the drawing leaves out moved both ends on. */
export function withUndrawn(
  run: Run,
  before: Block,
  judgement: Judgement,
  sender: WorkingEnd,
  receiver: WorkingEnd,
): Block {
  const { undrawn, peerUndrawn, after } = judgement;
  let next = after;
  const to = run.connections.receivers[judgement.header.index] ?? 0;
  if (undrawn && before.sndNxt) {
    const settled = sendUndrawn(before, undrawn, run.symbols).sndUna;
    next = { ...next, ...(settled ? { sndUna: settled } : {}) };
    pushGap(sender.stream, before.sndNxt, undrawn, judgement.header.index);
    setBlock(run, to, takeUndrawn(receiver.block, before.sndNxt, undrawn, run.symbols));
  }
  if (peerUndrawn && receiver.block.sndNxt) {
    pushGap(receiver.stream, receiver.block.sndNxt, peerUndrawn, judgement.header.index);
    setBlock(run, to, sendUndrawn(receiver.block, peerUndrawn, run.symbols));
    next = { ...next, rcvNxt: peerUndrawn };
  }
  return next;
}

function pushGap(stream: Stream, start: Num, end: Num, segment: number): void {
  stream.ranges.push({ start, end, syn: false, fin: false, length: minus(end, start), segment, carriers: [segment] });
}

export function pushRange(stream: Stream, header: Header): void {
  const { seq, data, index, flags, ack } = header;
  const range = {
    start: seq,
    end: endOf(header),
    syn: has(flags, SYN),
    fin: has(flags, FIN),
    length: data,
    segment: index,
    carriers: [index],
  };
  stream.ranges.push(ack ? { ...range, ack } : range);
}

/** What is new in a retransmission that goes on. */
function pushRest(stream: Stream, header: Header, start: Num): void {
  const end = endOf(header);
  const fin = has(header.flags, FIN);
  const length = minus(fin ? minus(end, num(1)) : end, start);
  stream.ranges.push({ start, end, syn: false, fin, length, segment: header.index, carriers: [header.index] });
}

/** Where a repeat begins and ends, further repeats may too. */
export function cutAtEdges(stream: Stream, header: Header, symbols: Symbols): void {
  splitAt(stream, header.seq, symbols);
  splitAt(stream, plus(header.seq, header.data), symbols);
}

/** What the segment adds to its stream, and how the author's numbers go on. */
export function bookStream(
  run: Run,
  sender: WorkingEnd,
  receiver: WorkingEnd,
  judgement: Judgement,
  before: Block,
): void {
  const { header, use, repeats, seqDrift, ackDrift } = judgement;
  if (use === "new" && takesNumbers(header)) {
    if (has(header.flags, SYN) && !has(header.flags, ACK)) sender.stream.ranges.length = 0;
    pushRange(sender.stream, header);
  } else if (use === "retransmission") {
    repeats?.carriers.push(header.index);
    if (!has(header.flags, SYN)) cutAtEdges(sender.stream, header, run.symbols);
    if (before.sndNxt && extendsBeyond(before.sndNxt, header, run.symbols))
      pushRest(sender.stream, header, before.sndNxt);
  }
  const segment = run.flow.segments[header.index];
  if (segment?.seq) sender.stream.drift = drifted(sender.stream.drift, "seq", seqDrift);
  if (segment?.ack) receiver.stream.drift = drifted(receiver.stream.drift, "ack", ackDrift);
  own(run, segment?.seq, sender.stream);
  own(run, segment?.ack, receiver.stream);
}

/** A symbol numbers the direction for which it was written first. */
function own(run: Run, written: Written | undefined, stream: Stream): void {
  for (const { symbol: name } of numberOf(written)?.terms ?? []) {
    if (!run.owners.has(name)) run.owners.set(name, stream);
  }
}

/** A right number ends the drift; a wrong one begins it. */
function drifted(drift: Stream["drift"], field: "seq" | "ack", by: number | undefined): NonNullable<Stream["drift"]> {
  const { [field]: _old, ...rest } = drift ?? {};
  return by === undefined ? rest : { ...rest, [field]: by };
}
