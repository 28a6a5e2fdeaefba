/** Sequence numbers as written, relative to the start of their stream, or as they could be on the wire. */
import type { Replay } from "../flow/replay-types.ts";
import type { Block } from "../tcp/block.ts";
import { concreteNumbers } from "../tcp/concrete-numbers.ts";
import { add, minus, type Num, resolve, showNumber } from "../tcp/numbers.ts";

/**
 * `written`: symbols and numbers of the author. `relative`: from the initial sequence number of each direction, as
 * Wireshark shows them. `absolute`: every symbol that has no number gets one, the same as in an exported capture.
 */
export const NUMBER_STYLES = ["written", "relative", "absolute"] as const;

export type NumberStyle = (typeof NUMBER_STYLES)[number];

/** Numbers of one replay in one style; undefined where nothing tells them. */
export interface Numbers {
  readonly style: NumberStyle;
  /** A field of a segment. */
  field(segment: number, name: "seq" | "ack" | "len", value: Num): string | undefined;
  /** A variable of an end, that counts in what it sends or in what it receives, or an amount of octets. */
  variable(end: number, block: Block, counts: "sent" | "received" | "octets", value: Num): string | undefined;
}

export function numbersOf(replay: Replay, style: NumberStyle): Numbers {
  const plain = (value: Num) => showNumber(value, replay.symbols);
  switch (style) {
    case "written":
      return { style, field: (_segment, _name, value) => plain(value), variable: (_e, _b, _c, value) => plain(value) };
    case "absolute": {
      const concrete = concreteNumbers(replay.symbols);
      // What nobody wrote is not invented here either.
      const show = (value: Num) => (plain(value) === undefined ? undefined : String(concrete(value)));
      return { style, field: (_segment, _name, value) => show(value), variable: (_e, _b, _c, value) => show(value) };
    }
    case "relative":
      return relativeNumbers(replay, plain);
  }
}

function relativeNumbers(replay: Replay, plain: (value: Num) => string | undefined): Numbers {
  const { bases, starts } = streamsOf(replay);
  const show = (value: Num, base: Num | undefined) => {
    if (base === undefined) return plain(value);
    const offset = minus(value, base);
    // A number of another stream has no place in this one.
    const isStrange = resolve(offset, replay.symbols).terms.some(({ factor }) => factor < 0);
    return isStrange ? plain(value) : plain(offset);
  };
  return {
    style: "relative",
    field: (segment, name, value) => (name === "len" ? plain(value) : show(value, bases[segment]?.[name])),
    variable: (end, block, counts, value) => {
      if (counts === "octets") return plain(value);
      const other = replay.ends[end]?.other;
      const received = block.irs ?? (other === undefined ? undefined : starts[other]);
      return show(value, counts === "sent" ? (block.iss ?? starts[end]) : received);
    },
  };
}

interface Streams {
  /** By segment: where its own stream and the one that it acknowledges start. */
  readonly bases: readonly { readonly seq: Num | undefined; readonly ack: Num | undefined }[];
  /** By end: the last start that is known of what it sends. */
  readonly starts: readonly (Num | undefined)[];
}

/** Where every stream starts: its initial sequence number, else one before the first number that was seen. */
function streamsOf({ flow, ends, steps, readings }: Replay): Streams {
  const starts = ends.map(({ start }) => start.iss);
  const bases = flow.segments.map((): Streams["bases"][number] => ({ seq: undefined, ack: undefined }));
  for (const [index, event] of flow.events.entries()) {
    for (const { end, after } of steps[index]?.changes ?? []) if (after.iss) starts[end] = after.iss;
    const reading = event.kind === "send" ? readings[event.segment] : undefined;
    if (event.kind !== "send" || reading === undefined) continue;
    const { sender, receiver, seq, ack } = reading;
    if (seq) starts[sender] ??= add(seq.value, -1);
    if (ack) starts[receiver] ??= add(ack.value, -1);
    bases[event.segment] = { seq: starts[sender], ack: starts[receiver] };
  }
  return { bases, starts };
}
