/** Every sequence number that a flow writes down, and whose stream it counts in. */
import type { Flow, Segment, Span, VariableName, VariableValue, Written } from "../../flow/flow.ts";
import type { Replay } from "../../flow/replay-types.ts";
import type { Num } from "../../tcp/numbers.ts";

export interface WrittenNumber {
  readonly value: Num;
  readonly span: Span;
  /** The end whose stream it counts in; nothing for a count of octets. */
  readonly stream: number | undefined;
}

/** Each place once, also on lines that are repeated. */
export function writtenNumbers(replay: Replay): WrittenNumber[] {
  const { flow, readings } = replay;
  const found = new Map<number, WrittenNumber>();
  const add = (written: Written | undefined, stream: number | undefined) => {
    if (written?.kind === "number") found.set(written.span.start, { ...written, stream });
  };
  for (const [index, segment] of flow.segments.entries()) {
    const { sender, receiver } = readings[index] ?? {};
    add(segment.seq, sender);
    add(segment.ack, receiver);
    if (segment.data === undefined) add(segment.len, undefined);
    for (const { value, span } of sackEdges(flow, segment)) found.set(span.start, { value, span, stream: receiver });
  }
  for (const { endpoint, variables } of claims(flow)) {
    const own = replay.ends.findIndex(({ self }) => self.endpoint === endpoint);
    for (const { name, value } of variables) {
      if (!WINDOWS.has(name)) add(value, OF_PEER.has(name) ? replay.ends[own]?.other : own);
    }
  }
  return [...found.values()];
}

const WINDOWS: ReadonlySet<VariableName> = new Set<VariableName>(["snd.wnd", "rcv.wnd"]);
const OF_PEER: ReadonlySet<VariableName> = new Set<VariableName>(["rcv.nxt", "irs"]);

function claims({
  endpoints,
  events,
}: Flow): { readonly endpoint: number; readonly variables: readonly VariableValue[] }[] {
  const starts = endpoints.map(({ start }, endpoint) => ({ endpoint, variables: start?.variables ?? [] }));
  const asserted = events.flatMap((event) =>
    event.kind === "assert" ? [{ endpoint: event.side.self.endpoint, variables: event.claim.variables }] : [],
  );
  return [...starts, ...asserted];
}

/** `101:201` is two numbers in one span. */
function sackEdges({ text }: Flow, { options }: Segment): { readonly value: Num; readonly span: Span }[] {
  return options.flatMap((option) => {
    if (option.kind !== "sack") return [];
    return option.blocks.flatMap(({ left, right, span }) => {
      const colon = text.indexOf(":", span.start);
      if (colon < 0 || colon >= span.end) return [];
      return [
        { value: left, span: { start: span.start, end: colon } },
        { value: right, span: { start: colon + 1, end: span.end } },
      ];
    });
  });
}
