/** The outline: title, sections, and in each section its segments. */
import { type DocumentSymbol, type Range, SymbolKind } from "vscode-languageserver";
import type { Flow, Segment, Span } from "../flow/flow.ts";
import { rangesIn } from "./documents.ts";
import { editorTexts } from "./texts.ts";

/** A symbol that still takes children. */
type Open = DocumentSymbol & { children: DocumentSymbol[] };

export function documentSymbols(flow: Flow): DocumentSymbol[] {
  const rangeOf = rangesIn(flow.text);
  const whole = { start: 0, end: flow.text.length };
  const top: DocumentSymbol[] = [];
  let section: Open | undefined;
  let seen = -1;
  for (const event of flow.events) {
    // A line gives several events, and a repeat gives those of its lines again each round: the first one counts.
    if (event.span.start <= seen) continue;
    if (event.kind === "section") {
      if (section !== undefined) close(section, rangeOf, event.span.start);
      section = symbol(event.text, "", SymbolKind.Namespace, rangeOf({ start: event.span.start, end: whole.end }));
      section.selectionRange = rangeOf(event.span);
      top.push(section);
    } else if (event.kind === "send") {
      const segment = flow.segments[event.segment];
      if (segment === undefined) continue;
      (section?.children ?? top).push(segmentSymbol(flow, segment, rangeOf));
    } else {
      continue;
    }
    seen = event.span.start;
  }
  if (flow.title === undefined) return top;
  const root = symbol(flow.title, "", SymbolKind.File, rangeOf(whole));
  root.selectionRange = rangeOf(flow.titleSpan ?? whole);
  root.children.push(...top);
  return [root];
}

function segmentSymbol(flow: Flow, segment: Segment, rangeOf: (span: Span) => Range): DocumentSymbol {
  const { line, flags } = segment.places;
  const written = flow.text.slice(flags.start, segment.places.fieldsEnd).trim();
  const ends = [segment.from, segment.to].map((socket) => flow.endpoints[socket.endpoint]?.name ?? "");
  const made = symbol(written || editorTexts(flow.locale).noFlags, ends.join(" → "), SymbolKind.Event, rangeOf(line));
  if (segment.label !== undefined) made.detail = `${made.detail} “${segment.label}”`;
  return made;
}

function symbol(name: string, detail: string, kind: SymbolKind, range: Range): Open {
  // The protocol forbids an empty name.
  return { name: name || "–", detail, kind, range, selectionRange: range, children: [] };
}

/** A section ends where the next one begins. */
function close(section: Open, rangeOf: (span: Span) => Range, end: number): void {
  section.range = { start: section.range.start, end: rangeOf({ start: end, end }).end };
}
