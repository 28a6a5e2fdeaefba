/** Segment lines. */
import { type CstNode, isLeafCstNode } from "langium";
import type { Socket, Span, TcpOption } from "../flow/flow.ts";
import type { Statement } from "../flow/statements.ts";
import { ACK, PSH } from "../tcp/flags.ts";
import { readSocket } from "./endpoints.ts";
import type { Segment as SegmentNode } from "./generated/ast.ts";
import { childrenOf, complain, type Reading, replace } from "./reading.ts";
import { type Draft, flagsOf, readParts } from "./segment-parts.ts";

type Fate = "arrives" | "lost" | "waits";

const FATES: Readonly<Record<string, Fate>> = { "->": "arrives", "-x": "lost", "~>": "waits" };

/** Arrows that point from right to left. */
const TURNED = /^[<←⇐]/u;

/** The statement of a segment line; nothing, with a finding, if it is too short to be a segment. */
export function readSegment(
  reading: Reading,
  node: SegmentNode,
  line: Span,
): Extract<Statement, { kind: "segment" }> | undefined {
  const known = reading.problems.length;
  const { from, arrow, to, hasColon, flags, apart, behindColon, behind } = findMarks(node, line);
  const fate = FATES[node.arrow] ?? likelyFate(reading, node, from, arrow, to);
  if (node.to === undefined || to === undefined) {
    complain(reading, "syntax", arrow, reading.texts.whoReceives(`${node.name} ${node.arrow} NAME: SYN`));
    return undefined;
  }
  const places: Draft["places"] = { line, from, arrow, to, flags, fieldsEnd: Math.max(behindColon, flags.end) };
  const segment: Draft["segment"] = { from: NOBODY, to: NOBODY, flags: 0, options: NO_OPTIONS, old: false, places };
  for (const text of node.flags) segment.flags |= flagsOf(text);
  const draft: Draft = { segment, places };
  readParts(reading, draft, node, behind);
  if (apart && !draft.stray) complain(reading, "syntax", apart, reading.texts.flagsTogether);
  const isEmpty = segment.flags === 0 && node.parts.length === 0 && node.keys.length === 0;
  if (isEmpty)
    complain(reading, "syntax", hasColon ? { start: behindColon - 1, end: behindColon } : to, reading.texts.needsFlags);
  else if (!hasColon) missingColon(reading, node.to, to);
  if (segment.flags === 0 && reading.problems.length > known && !guessFlags(segment, node)) return undefined;
  segment.from = readSocket(reading, node.name, node.port, from);
  segment.to = readSocket(reading, node.to, node.toPort, to);
  if (segment.from.endpoint === segment.to.endpoint) {
    complain(reading, "syntax", to, reading.texts.toItself);
    return undefined;
  }
  if (!(node.arrow in FATES)) turn(segment, node.arrow);
  if (draft.source) forge(segment, draft.source);
  const statement = { kind: "segment", number: reading.statement, span: line, segment, fate } as const;
  return draft.takes === undefined ? statement : { ...statement, takes: draft.takes };
}

/** The most likely flags, so that nothing follows from a mistake among them; false if the line is but half typed. */
function guessFlags(segment: Draft["segment"], node: SegmentNode): boolean {
  if (node.keys.length === 0 && node.parts.every((part) => part.$type === "Stray")) return false;
  segment.flags = segment.len || segment.data !== undefined ? PSH | ACK : ACK;
  return true;
}

/** `server <- client` is what the client sends. */
function turn(segment: Draft["segment"], arrow: string): void {
  if (TURNED.test(arrow)) [segment.from, segment.to] = [segment.to, segment.from];
}

const NO_OPTIONS: readonly TcpOption[] = [];

/** Until the endpoints are read. */
const NOBODY: Socket = { endpoint: -1 };

/** `spoofing client`: the header names another sender, with its port if it has one. */
function forge(segment: Draft["segment"], source: Socket): void {
  const sender = segment.from;
  segment.from = source.port === undefined && sender.port !== undefined ? { ...source, port: sender.port } : source;
  if (source.endpoint !== sender.endpoint) segment.forgedBy = sender.endpoint;
}

/** Where the signs and names of the line stand. */
interface Marks {
  readonly from: Span;
  readonly arrow: Span;
  readonly to: Span | undefined;
  readonly hasColon: boolean;
  /** Behind the colon, or behind the receiver. */
  readonly behindColon: number;
  /** Empty behind the colon if there are none. */
  readonly flags: Span;
  /** Flags apart from the others. */
  readonly apart: Span | undefined;
  /** The tokens and nodes behind the colon. */
  readonly behind: readonly CstNode[];
}

/** In the order of the grammar: sender, arrow, receiver, colon, and among the parts the flags. */
function findMarks(node: SegmentNode, line: Span): Marks {
  const children = childrenOf(node);
  let next = 0;
  const name = leafSpan(children[next++]) ?? line;
  const from = node.port === undefined ? name : join(name, leafSpan(children[next++]));
  const arrow = leafSpan(children[next++]) ?? line;
  const receiver = node.to === undefined ? undefined : leafSpan(children[next++]);
  const to = receiver && (node.toPort === undefined ? receiver : join(receiver, leafSpan(children[next++])));
  const colon = leafSpan(children[next], ":");
  if (colon) next++;
  const behindColon = (colon ?? to ?? arrow).end;
  const hasColon = colon !== undefined;
  const behind = children.slice(next);
  const first = leafSpan(behind[0], "FLAGS");
  if (first && node.flags.length === 1)
    return { from, arrow, to, hasColon, behindColon, flags: first, apart: undefined, behind };
  const { flags = { start: behindColon, end: behindColon }, apart } = moreFlags(behind);
  return { from, arrow, to, hasColon, behindColon, flags, apart, behind };
}

/** Where a token stands; nothing if it is none, or not of the type that is asked for. */
function leafSpan(child: CstNode | undefined, type?: string): Span | undefined {
  if (child === undefined || !isLeafCstNode(child)) return undefined;
  if (type !== undefined && child.tokenType.name !== type) return undefined;
  const { offset } = child;
  return { start: offset, end: offset + child.length };
}

function join(first: Span, last: Span | undefined): Span {
  return last ? { start: first.start, end: last.end } : first;
}

/** Flags in several words belong together until something else comes between. */
function moreFlags(children: readonly CstNode[]): { flags?: Span; apart?: Span | undefined } {
  let flags: Span | undefined;
  let between = false;
  for (const child of children) {
    const span = leafSpan(child, "FLAGS");
    if (!isLeafCstNode(child) || child.tokenType.name === "KEY") between = true;
    else if (span && flags && between) return { flags, apart: span };
    else if (span) flags = join(flags ?? span, span);
  }
  return flags ? { flags } : {};
}

/** The arrow that was meant by one of another notation. */
function likelyFate(reading: Reading, { arrow: sign }: SegmentNode, from: Span, arrow: Span, to?: Span): Fate {
  const meant = /x/iu.test(sign) ? "-x" : sign.startsWith("~") ? "~>" : "->";
  const { text } = reading;
  if (TURNED.test(sign)) {
    const turned = to && `${text.slice(to.start, to.end)} -> ${text.slice(from.start, from.end)}`;
    complain(reading, "syntax", arrow, reading.texts.arrowsRight, {
      fixes: to && turned !== undefined ? [replace(reading, { start: from.start, end: to.end }, turned)] : [],
    });
  } else {
    complain(reading, "syntax", arrow, reading.texts.arrows, { fixes: [replace(reading, arrow, meant)] });
  }
  return FATES[meant] ?? "arrives";
}

export function missingColon(reading: Reading, name: string, to: Span): void {
  complain(reading, "syntax", to, reading.texts.colonMissing(name), {
    fixes: [{ title: reading.texts.writeColon, edits: [{ span: { start: to.end, end: to.end }, newText: ":" }] }],
  });
}
