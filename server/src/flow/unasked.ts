/** Segments whose sender's TCP is not asked: old duplicates, forged ones, those of unchecked endpoints. */
import { ACK } from "../tcp/flags.ts";
import { isFresh } from "../tcp/match.ts";
import { type Num, num, symbol } from "../tcp/numbers.ts";
import { endOf, type Header, has, takesNumbers } from "../tcp/segment.ts";
import { isOwn } from "./connections.ts";
import { numberOf } from "./fields.ts";
import type { Segment } from "./flow.ts";
import { type Run, setBlock, type WorkingEnd } from "./run.ts";
import { pushRange } from "./stream-booking.ts";

/** Old duplicates, forged segments and unchecked endpoints: as written; what is left out is not invented. */
export function sendUnasked(
  run: Run,
  index: number,
  segment: Segment,
  sender: WorkingEnd,
  receiver: WorkingEnd,
  from: number,
): void {
  const natural = isOwn(segment);
  const { block } = receiver;
  const make = (name: string): Num => {
    run.symbols.kinds.set(`#${name}${index}`, { kind: "free" });
    return symbol(`#${name}${index}`);
  };
  const written = { seq: numberOf(segment.seq), ack: numberOf(segment.ack), len: numberOf(segment.len) };
  for (const value of [written.seq, written.ack, written.len]) meet(run, value);
  const seq = written.seq ?? (natural ? (sender.block.sndNxt ?? block.rcvNxt) : undefined) ?? make("seq");
  const ack = has(segment.flags, ACK)
    ? (written.ack ?? (natural ? block.sndNxt : undefined) ?? make("ack"))
    : undefined;
  const header: Header = {
    index,
    flags: segment.flags,
    seq,
    ack,
    window: segment.win ?? run.flow.settings.window,
    data: written.len ?? num(0),
    options: segment.options,
  };
  run.headers[index] = header;
  const reading = run.readings[index];
  if (reading)
    for (const name of ["seq", "ack", "len"] as const) {
      const value = written[name];
      if (value) reading[name] = { value, filled: false };
    }
  if (!natural) return;
  if (takesNumbers(header)) pushRange(sender.stream, header);
  setBlock(run, from, { ...sender.block, sndNxt: endOf(header), iss: sender.block.iss ?? seq });
}

/** Symbols that appear for the first time are any numbers. */
export function meet(run: Run, value: Num | undefined): void {
  for (const { symbol: name } of value?.terms ?? [])
    if (isFresh(name, run.symbols)) run.symbols.kinds.set(name, { kind: "free" });
}

export function offersFastOpen(segment: Segment): boolean {
  return segment.options.some((option) => option.kind === "FO");
}
