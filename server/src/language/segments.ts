/** Segment lines. */
import { type CstNode, isLeafCstNode } from "langium";
import type { Segment, Socket, Span, TcpOption } from "../flow/flow.ts";
import type { Statement } from "../flow/statements.ts";
import { ACK, PSH } from "../tcp/flags.ts";
import { readSocket } from "./endpoints.ts";
import type { Segment as SegmentNode } from "./generated/ast.ts";
import { childrenOf, complain, type Reading, replace } from "./reading.ts";
import { type Draft, flagsOf, NEEDS_FLAGS, readParts } from "./segment-parts.ts";

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
  const { from, arrow, to, hasColon, flags, apart, behindColon } = findMarks(node, line);
  const fate = FATES[node.arrow] ?? likelyFate(reading, node, from, arrow, to);
  if (node.to === undefined || to === undefined) {
    complain(reading, "syntax", arrow, `who receives it? Write \`${node.name} ${node.arrow} NAME: SYN\``);
    return undefined;
  }
  const places: Draft["places"] = { line, from, arrow, to, flags, fieldsEnd: Math.max(behindColon, flags.end) };
  const draft: Draft = { flags: 0, options: NO_OPTIONS, old: false, places, fields: {} };
  for (const text of node.flags) draft.flags |= flagsOf(text);
  readParts(reading, draft, node.parts);
  if (apart) complain(reading, "syntax", apart, "flags stand together before the fields, joined by +");
  const isEmpty = draft.flags === 0 && node.parts.length === 0;
  if (isEmpty) complain(reading, "syntax", hasColon ? { start: behindColon - 1, end: behindColon } : to, NEEDS_FLAGS);
  else if (!hasColon) missingColon(reading, node.to, to);
  if (draft.flags === 0 && reading.problems.length > known) {
    // Half-typed, unless something else stands there: then the most likely flags, so that nothing follows from it.
    if (node.parts.every((part) => part.$type === "Stray")) return undefined;
    draft.flags = draft.fields.len || draft.fields.data !== undefined ? PSH | ACK : ACK;
  }

  let sender = readSocket(reading, node.name, node.port, from);
  let receiver = readSocket(reading, node.to, node.toPort, to);
  if (TURNED.test(node.arrow)) [sender, receiver] = [receiver, sender];
  if (sender.endpoint === receiver.endpoint) {
    complain(reading, "syntax", to, "a segment goes from one endpoint to another");
    return undefined;
  }
  const segment = finish(draft, sender, receiver);
  const statement = { kind: "segment", number: reading.statement, span: line, segment, fate } as const;
  return draft.takes === undefined ? statement : { ...statement, takes: draft.takes };
}

const NO_OPTIONS: readonly TcpOption[] = [];

function finish({ flags, options, old, fields, places, source }: Draft, sender: Socket, to: Socket): Segment {
  const segment: Segment = { from: sender, to, flags, options, old, places, ...fields };
  if (!source) return segment;
  const from = source.port === undefined && sender.port !== undefined ? { ...source, port: sender.port } : source;
  return source.endpoint === sender.endpoint ? { ...segment, from } : { ...segment, from, forgedBy: sender.endpoint };
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
}

/** In the order of the grammar: sender, arrow, receiver, colon, and among the parts the flags. */
function findMarks(node: SegmentNode, line: Span): Marks {
  const children = childrenOf(node);
  let next = 0;
  const take = (type: string): Span | undefined => {
    const child = children[next];
    if (child === undefined || !isLeafCstNode(child) || child.tokenType.name !== type) return undefined;
    next++;
    return { start: child.offset, end: child.end };
  };
  const name = take("ID") ?? line;
  const from = node.port === undefined ? name : join(name, take("PORT"));
  const arrow = take("ARROW") ?? line;
  const receiver = node.to === undefined ? undefined : take("ID");
  const to = node.toPort === undefined ? receiver : receiver && join(receiver, take("PORT"));
  const colon = take(":");
  const behindColon = (colon ?? to ?? arrow).end;
  const first = node.flags.length > 0 ? take("FLAGS") : undefined;
  const marks = { from, arrow, to, hasColon: colon !== undefined, behindColon };
  if (first && node.flags.length === 1) return { ...marks, flags: first, apart: undefined };
  const { flags, apart } = moreFlags(children.slice(next), first);
  return { ...marks, flags: flags ?? { start: behindColon, end: behindColon }, apart };
}

function join(first: Span, last: Span | undefined): Span {
  return last ? { start: first.start, end: last.end } : first;
}

/** Flags in several words belong together until something else comes between. */
function moreFlags(children: readonly CstNode[], first: Span | undefined): { flags: Span | undefined; apart?: Span } {
  let flags = first;
  let between = false;
  for (const child of children) {
    if (!isLeafCstNode(child)) {
      between = true;
    } else if (child.tokenType.name === "FLAGS") {
      const span = { start: child.offset, end: child.end };
      if (flags && between) return { flags, apart: span };
      flags = join(flags ?? span, span);
    }
  }
  return { flags };
}

/** The arrow that was meant by one of another notation. */
function likelyFate(reading: Reading, { arrow: sign }: SegmentNode, from: Span, arrow: Span, to?: Span): Fate {
  const meant = /x/iu.test(sign) ? "-x" : sign.startsWith("~") ? "~>" : "->";
  const { text } = reading;
  if (TURNED.test(sign)) {
    const turned = to && `${text.slice(to.start, to.end)} -> ${text.slice(from.start, from.end)}`;
    complain(reading, "syntax", arrow, "arrows point to the right: the sender stands first", {
      fixes: to && turned !== undefined ? [replace({ start: from.start, end: to.end }, turned)] : [],
    });
  } else {
    const arrows = "-> for a segment that arrives, -x for one that is lost, ~> for one that stays under way";
    complain(reading, "syntax", arrow, `arrows are ${arrows}`, { fixes: [replace(arrow, meant)] });
  }
  return FATES[meant] ?? "arrives";
}

export function missingColon(reading: Reading, name: string, to: Span): void {
  complain(reading, "syntax", to, `a colon is missing behind \`${name}\``, {
    fixes: [{ title: "Write a colon", edits: [{ span: { start: to.end, end: to.end }, newText: ":" }] }],
  });
}
