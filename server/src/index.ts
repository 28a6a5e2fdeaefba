/**
 * TCPFlow as a library: text -> Flow -> Replay -> picture. Everything here is synchronous, throws on no
 * text, and needs neither Node nor a DOM.
 */
import { replay } from "./flow/replay.ts";
import type { Replay } from "./flow/replay-types.ts";
import { parse, type ReadOptions } from "./language/parse.ts";

export type { Finding, Fix, RelatedPlace, RuleId, Severity, TextEdit } from "./flow/findings.ts";
export type { Endpoint, Flow, FlowEvent, Segment, Socket, Span } from "./flow/flow.ts";
export type { Locale } from "./flow/locale.ts";
export { replay } from "./flow/replay.ts";
export type { Change, End, Field, Reading, Replay, SegmentClass, Step } from "./flow/replay-types.ts";
export { describeReplay, type LayoutOptions } from "./ladder/layout.ts";
export { type MermaidOptions, renderMermaid } from "./ladder/mermaid.ts";
export { type RfcOptions, renderRfc } from "./ladder/rfc.ts";
export { renderSvg, type SvgOptions } from "./ladder/svg.ts";
export { renderText } from "./ladder/text.ts";
export { format } from "./language/format.ts";
export { parse, type ReadOptions } from "./language/parse.ts";
export type { State } from "./tcp/states.ts";

/** Reads and replays a flow; `findings` of the result is all that is wrong with it. */
export function check(text: string, options: ReadOptions = {}): Replay {
  return replay(parse(text, options));
}
