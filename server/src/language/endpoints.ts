/** The endpoints of a flow: those it declares, those of its first segment, and no others. */
import type { Fix } from "../flow/findings.ts";
import { dropLine } from "../flow/fixes.ts";
import type { Endpoint, Socket, Span } from "../flow/flow.ts";
import type { Declared } from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { type Complaints, complain, replace, spanOf } from "./reading.ts";

export interface EndpointTable {
  readonly endpoints: Endpoint[];
  readonly numbers: Map<string, number>;
  /** Names that are not declared, but stand in the first segment. */
  readonly adopted: string[];
  /** Where a declaration would take another name: behind the last one, or a new line before the first statement. */
  readonly declareAt: { readonly offset: number; readonly listed: boolean };
}

/** The part of a reading that endpoints and their findings need. */
type EndpointComplaints = Complaints & { readonly endpoints: EndpointTable };

/** Endpoints beyond these are not proposed for a name that is none. */
const MOST_PROPOSED = 50;

/** Adds an endpoint; its number. */
export function addEndpoint(table: EndpointTable, endpoint: Endpoint): number {
  const number = table.endpoints.length;
  table.endpoints.push(endpoint);
  table.numbers.set(endpoint.name, number);
  return number;
}

/**
 * The number of an endpoint. A name near a known one is read as that; any other is a finding where
 * it first appears, and an endpoint from there on, so that the rest of the flow can be judged.
 */
export function findEndpoint(to: EndpointComplaints, name: string, span: Span): number {
  const table = to.endpoints;
  const number = table.numbers.get(name);
  if (number !== undefined) return number;
  const names = table.endpoints.slice(0, MOST_PROPOSED).map((endpoint) => endpoint.name);
  const near = nearest(name, names);
  const meant = near === undefined ? undefined : table.numbers.get(near);
  if (near !== undefined && meant !== undefined) {
    complain(to, "unknown-name", span, to.texts.didYouMeanEndpoint(name, near), {
      fixes: [replace(to, span, near), declare(to, name)],
    });
    return meant;
  }
  const others = names.slice(0, 5);
  complain(to, "unknown-name", span, to.texts.noSuchEndpoint(name, others), {
    fixes: [declare(to, name), ...others.map((other) => replace(to, span, other))],
  });
  return addEndpoint(table, { name, unchecked: false, span });
}

/** Two declared names are all there are, so those of the first segment are declared with it. */
function declare({ texts, endpoints }: EndpointComplaints, name: string): Fix {
  const { declareAt, adopted } = endpoints;
  const { offset, listed } = declareAt;
  const missing = [...adopted, name].join(", ");
  const newText = listed ? `, ${missing}` : `endpoint ${missing}\n`;
  return { title: texts.declare(name), edits: [{ span: { start: offset, end: offset }, newText }] };
}

/** An endpoint with its port; nothing, with a finding, if the port is none. */
export function readSocket(to: EndpointComplaints, name: string, port: string | undefined, span: Span): Socket {
  const known = to.endpoints.numbers.get(name);
  if (known !== undefined && port === undefined) return { endpoint: known };
  const nameSpan = { start: span.start, end: span.start + name.length };
  const endpoint = known ?? findEndpoint(to, name, nameSpan);
  if (port === undefined) return { endpoint };
  const number = Number(port.slice(1));
  if (number > 0 && number <= 65535) return { endpoint, port: number };
  complain(to, "syntax", { start: nameSpan.end, end: span.end }, to.texts.port);
  return { endpoint };
}

/** Takes an endpoint out of its list, or the line with it. */
export function dropDeclared(text: string, node: Declared, title: string): Fix {
  const { start, end } = spanOf(node);
  const list = node.$container;
  if (list === undefined || list.$type !== "Endpoints" || list.items.length < 2)
    return dropLine({ text }, spanOf(list ?? node), title);
  const before = /\s*[,，、]\s*$/u.exec(text.slice(0, start))?.[0].length;
  const behind = /^\s*[,，、]\s*/u.exec(text.slice(end))?.[0].length ?? 0;
  const span = before === undefined ? { start, end: end + behind } : { start: start - before, end };
  return { title, edits: [{ span, newText: "" }] };
}
