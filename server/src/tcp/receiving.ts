/** Text and FIN are taken in order; what lies ahead is held (RFC 9293 §3.10.7.4 seventh and eighth step). */
import type { Block, Debt, HeldRange, Trail } from "./block.ts";
import { FIN } from "./flags.ts";
import { distance, minus, type Num, num, type Symbols } from "./numbers.ts";
import type { Arrival } from "./outcomes.ts";
import { placeOf } from "./places.ts";
import { endOf, type Header, has, takesNumbers } from "./segment.ts";
import { equal } from "./streams.ts";

/** More held ranges than any window holds in practice; further ones are dropped (MAY-13). */
const MOST_HELD = 4096;

/** Seventh and eighth step: text, then FIN; what lies ahead is held (RFC 9293 §3.10.7.4, SHLD-31). */
export function takeText(block: Block, header: Header, symbols: Symbols): Arrival {
  const { rcvNxt, finReceived } = block;
  if (!takesNumbers(header) || rcvNxt === undefined) return { block, outcome: "taken" };
  if (finReceived !== undefined) return { block, outcome: "ignored" };
  const segment = header.index;
  const owes: Debt = { kind: "ack", segment };
  if (placeOf(block, header, symbols) === "ahead") {
    return { block: { ...block, held: hold(block.held, header, symbols), owes }, outcome: "held" };
  }
  const fin = has(header.flags, FIN);
  const lastTaken: Trail = { segment, cargo: fin ? "fin" : "data", length: header.data, before: rcvNxt };
  const direct: Block = { ...block, rcvNxt: endOf(header), lastTaken, owes };
  return { block: drain(fin ? consumeFin(direct, minusOne(endOf(header))) : direct, symbols), outcome: "taken" };
}

function minusOne(n: Num): Num {
  return minus(n, num(1));
}

function hold(held: readonly HeldRange[], header: Header, symbols: Symbols): readonly HeldRange[] {
  let range: HeldRange = { start: header.seq, end: endOf(header), fin: has(header.flags, FIN) };
  const below: HeldRange[] = [];
  const above: HeldRange[] = [];
  for (const other of held) {
    if (touches(range, other, symbols)) range = joined(range, other, symbols);
    else if (distance(range.start, other.start, symbols).min > 0) above.push(other);
    else below.push(other);
  }
  return below.length + above.length >= MOST_HELD ? held : [...below, range, ...above];
}

/** Certainly no hole between them: what is held is kept as the blocks that SACK reports (RFC 2018 §4). */
function touches(a: HeldRange, b: HeldRange, symbols: Symbols): boolean {
  return distance(a.end, b.start, symbols).max <= 0 && distance(b.end, a.start, symbols).max <= 0;
}

function joined(a: HeldRange, b: HeldRange, symbols: Symbols): HeldRange {
  const start = distance(a.start, b.start, symbols).min < 0 ? b.start : a.start;
  const end = distance(a.end, b.end, symbols).min > 0 ? b.end : a.end;
  return { start, end, fin: a.fin || b.fin };
}

/** The hole is filled: what was held behind it counts now, a FIN too. */
function drain(block: Block, symbols: Symbols): Block {
  let next = block;
  while (next.held.length > 0 && next.rcvNxt !== undefined && next.finReceived === undefined) {
    const [first, ...rest] = next.held;
    if (!first || distance(next.rcvNxt, first.start, symbols).min > 0) break;
    const onward = distance(next.rcvNxt, first.end, symbols).min > 0;
    next = { ...next, held: rest };
    if (onward)
      next = first.fin
        ? consumeFin({ ...next, rcvNxt: first.end }, minusOne(first.end))
        : { ...next, rcvNxt: first.end };
  }
  return next;
}

/** Eighth step: the FIN takes its number and closes the peer's direction. */
function consumeFin(block: Block, finReceived: Num): Block {
  const next: Block = { ...block, finReceived };
  switch (block.state) {
    case "SYN-RECEIVED":
    case "ESTABLISHED":
      return { ...next, state: "CLOSE-WAIT" };
    case "FIN-WAIT-1":
      return { ...next, state: "CLOSING" };
    case "FIN-WAIT-2":
      return { ...next, state: "TIME-WAIT" };
    default:
      return next;
  }
}

/** Numbers that the drawing leaves out have flowed and arrived: both ends move on (RFC 9293 §3.4). */
export function takeUndrawn(block: Block, from: Num, to: Num, symbols: Symbols): Block {
  const { rcvNxt } = block;
  if (rcvNxt === undefined || !equal(rcvNxt, from, symbols)) return block;
  return { ...block, rcvNxt: to };
}

/** The same for the end that sent them: they are acknowledged if all before them was. */
export function sendUndrawn(block: Block, to: Num, symbols: Symbols): Block {
  const { sndUna, sndNxt } = block;
  const settled = sndUna !== undefined && sndNxt !== undefined && equal(sndUna, sndNxt, symbols);
  return { ...block, sndNxt: to, ...(settled ? { sndUna: to } : {}) };
}
