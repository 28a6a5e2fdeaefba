/** What a flow says about itself, wherever it stands: title, endpoints, settings, symbols, names of segments. */
import { dropLine } from "../flow/fixes.ts";
import type { Definition, Endpoint, Flow, Settings, Span } from "../flow/flow.ts";

import { type Num, resolve } from "../tcp/numbers.ts";
import { missingVariables, readStateName, readVariables } from "./claims.ts";
import { addEndpoint, dropDeclared, type EndpointTable } from "./endpoints.ts";
import type * as ast from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { childSpan, complain, type Reading, readWord, replace, spanOf } from "./reading.ts";
import { kindOf, readDuration, readInteger, readString, readSum, valueSpan } from "./values.ts";
import { known, SETTINGS } from "./words.ts";

/** A statement with its number. */
interface Numbered<Node> {
  readonly node: Node;
  readonly number: number;
}

/** The statements that count for the whole flow. */
export interface Survey {
  readonly titles: Numbered<ast.Title>[];
  readonly endpoints: Numbered<ast.Endpoints>[];
  readonly settings: Numbered<ast.Setting>[];
  readonly definitions: Numbered<ast.Let>[];
  readonly tags: Map<string, Span>;
  /** The two names of the first segment; else the first names that anything is said about. */
  names: readonly { readonly name: string; readonly span: Span }[];
  hasSegment: boolean;
  /** Where the first statement begins. */
  start: number | undefined;
  statements: number;
}

export function survey(items: readonly ast.Item[]): Survey {
  const found: Survey = {
    titles: [],
    endpoints: [],
    settings: [],
    definitions: [],
    tags: new Map(),
    names: [],
    hasSegment: false,
    start: undefined,
    statements: 0,
  };
  surveyItems(found, items);
  return found;
}

function surveyItems(found: Survey, items: readonly ast.Item[]): void {
  for (const node of items) {
    if (node.$type === "Mark") continue;
    const number = found.statements++;
    if (found.start === undefined && node.$type !== "Title") found.start = spanOf(node).start;
    switch (node.$type) {
      case "Title":
        found.titles.push({ node, number });
        break;
      case "Endpoints":
        found.endpoints.push({ node, number });
        break;
      case "Setting":
        found.settings.push({ node, number });
        break;
      case "Let":
        found.definitions.push({ node, number });
        break;
      case "Segment":
        surveySegment(found, node);
        break;
      case "Crossing":
      case "Repeat":
        surveyItems(found, node.block?.items ?? []);
        break;
      case "Note":
        if (!found.hasSegment) for (const party of node.endpoints) addName(found, party.name, childSpan(party, 0));
        break;
      case "Assert":
      case "Call":
      case "Timeout":
      case "Crash":
        if (!found.hasSegment) addName(found, node.name, childSpan(node, 0));
    }
  }
}

function addName(found: Survey, name: string, span: Span): void {
  if (found.names.length < 2 && found.names.every((known) => known.name !== name)) {
    found.names = [...found.names, { name, span }];
  }
}

function surveySegment(found: Survey, node: ast.Segment): void {
  if (!found.hasSegment && node.to !== undefined && node.to !== node.name) {
    found.hasSegment = true;
    const from = childSpan(node, 0);
    const to = childSpan(node, node.port === undefined ? 2 : 3);
    found.names = [
      { name: node.name, span: from },
      { name: node.to, span: to },
    ];
  }
  for (const part of node.parts) {
    if (part.$type !== "Tag" || part.name === undefined || found.tags.has(part.name)) continue;
    found.tags.set(part.name, childSpan(part, -1));
  }
}

/** Reads all declarations; what cannot be read has a finding and no effect. */
export function readDeclarations(
  reading: Reading,
  found: Survey,
): Pick<Flow, "settings" | "definitions"> & Pick<Flow, "title" | "titleSpan"> {
  const at = <Node>(list: readonly Numbered<Node>[], read: (node: Node) => void) => {
    for (const { node, number } of list) {
      reading.statement = number;
      read(node);
    }
  };
  const settings = new Set<string>();
  at(found.settings, (node) => readSetting(reading, node, settings));
  const definitions = new Map<string, Definition>();
  at(found.definitions, (node) => readDefinition(reading, node, definitions));
  at(found.endpoints, (node) => readEndpoints(reading, node));
  adopt(reading.endpoints, found);
  let title: Pick<Flow, "title" | "titleSpan"> = {};
  at(found.titles, (node) => {
    const span = spanOf(node);
    if (title.titleSpan) {
      complain(reading, "duplicate-name", span, reading.texts.titleTwice, {
        related: [{ span: title.titleSpan, message: reading.texts.firstTitle }],
        fixes: [dropLine(reading, span, reading.texts.removeSecond)],
      });
    } else if (node.text !== undefined) {
      title = { title: readString({ ...reading, problems: [] }, node.text, span), titleSpan: span };
    }
  });
  return { settings: { ...reading.settings }, definitions: [...definitions.values()], ...title };
}

/** A flow that declares fewer than two endpoints takes the missing names from its first segment. */
function adopt(table: EndpointTable, { names }: Survey): void {
  if (table.endpoints.length >= 2) return;
  const declared = [...table.endpoints];
  const isSlip = (name: string) =>
    declared.length > 0 &&
    nearest(
      name,
      declared.map((endpoint) => endpoint.name),
    ) !== undefined;
  const adopted = names.filter(({ name }) => !table.numbers.has(name) && !isSlip(name));
  for (const { name, span } of adopted) {
    addEndpoint(table, { name, unchecked: false, span });
    table.adopted.push(name);
  }
  // In the order of the segment: its sender stands left.
  const place = ({ name }: Endpoint) => {
    const index = names.findIndex((known) => known.name === name);
    return index < 0 ? names.length : index;
  };
  table.endpoints.sort((a, b) => place(a) - place(b));
  for (const [number, endpoint] of table.endpoints.entries()) table.numbers.set(endpoint.name, number);
}

function readEndpoints(reading: Reading, node: ast.Endpoints): void {
  if (node.items.length === 0) complain(reading, "syntax", spanOf(node), reading.texts.whichEndpoints);
  let last: number | undefined;
  for (const item of node.items) {
    if (item.$type === "Declared") {
      last = readDeclared(reading, item);
      continue;
    }
    // `with snd.nxt=u, rcv.nxt=v`: behind a comma it still belongs to the endpoint before.
    const variables = readVariables(reading, [item]);
    const endpoint = last === undefined ? undefined : reading.endpoints.endpoints[last];
    if (last === undefined || !endpoint?.start) continue;
    const start = { ...endpoint.start, variables: [...endpoint.start.variables, ...variables] };
    reading.endpoints.endpoints[last] = { ...endpoint, start };
  }
}

function readDeclared(reading: Reading, node: ast.Declared): number | undefined {
  const { name, port } = node.subject;
  const whole = spanOf(node.subject);
  const span = { start: whole.start, end: whole.start + name.length };
  const table = reading.endpoints;
  if (port !== undefined) {
    complain(reading, "syntax", { start: span.end, end: whole.end }, reading.texts.portsOnSegments);
  }
  let endpoint: Endpoint = { name, unchecked: false, span };
  for (const clause of node.clauses) endpoint = readClause(reading, clause, endpoint);
  const unchecked = node.clauses.find((clause) => clause.$type === "Unchecked");
  if (unchecked && endpoint.start) {
    complain(reading, "syntax", spanOf(unchecked), reading.texts.uncheckedState);
  }
  const first = table.endpoints[table.numbers.get(name) ?? -1];
  if (first) {
    complain(reading, "duplicate-name", span, reading.texts.endpointTwice(name), {
      related: [{ span: first.span, message: reading.texts.theFirst(name) }],
      fixes: [dropDeclared(reading.text, node, reading.texts.removeSecond)],
    });
    return undefined;
  }
  return addEndpoint(table, endpoint);
}

function readClause(reading: Reading, clause: ast.Clause, endpoint: Endpoint): Endpoint {
  const span = spanOf(clause);
  switch (clause.$type) {
    case "Naming": {
      const { label } = clause;
      if (label === undefined) complain(reading, "syntax", span, reading.texts.asWhat(endpoint.name));
      else if (!/^["“]/u.test(label)) {
        const place = childSpan(clause, -1);
        const fixes = [replace(reading, place, `"${label}"`, reading.texts.quote)];
        complain(reading, "syntax", place, reading.texts.labelQuoted, { fixes });
      }
      if (label === undefined) return endpoint;
      return { ...endpoint, label: /^["“]/u.test(label) ? readString(reading, label, childSpan(clause, -1)) : label };
    }
    case "Unchecked":
      return { ...endpoint, unchecked: true };
    case "Standing": {
      const state = readStateName(reading, clause.state, span);
      const variables = readVariables(reading, clause.variables);
      if (clause.having && clause.variables.length === 0) missingVariables(reading, clause);
      return state ? { ...endpoint, start: { state, variables, span } } : endpoint;
    }
  }
}

function isTime(name: (typeof SETTINGS)[number]): name is "latency" | "msl" | "rto" {
  return name === "latency" || name === "msl" || name === "rto";
}

function readSetting(reading: Reading, node: ast.Setting, seen: Set<string>): void {
  const span = spanOf(node);
  if (node.name === undefined) return complain(reading, "syntax", span, reading.texts.whichSetting);
  const nameSpan = childSpan(node, 1);
  if (kindOf(node) === "nothing") {
    const likely = known(node.name, SETTINGS) ?? "latency";
    const [, gap] = /^([ \t]*[:：]?[ \t]*)[0-9]/u.exec(reading.text.slice(nameSpan.end, nameSpan.end + 100)) ?? [];
    const sign =
      gap &&
      replace(reading, { start: nameSpan.end, end: nameSpan.end + gap.length }, " = ", reading.texts.writeEquals);
    const message = reading.texts.writeSetting(likely, isTime(likely) ? "40ms" : "1460");
    return complain(reading, "syntax", span, message, { fixes: sign ? [sign] : [] });
  }
  const name = readWord(reading, node.name, nameSpan, SETTINGS, "setting");
  if (name === undefined) return;
  if (seen.has(name)) {
    const fixes = [dropLine(reading, spanOf(node), reading.texts.removeSecond)];
    return complain(reading, "duplicate-name", nameSpan, reading.texts.setTwice(name), { fixes });
  }
  seen.add(name);
  const settings: { -readonly [Key in keyof Settings]: Settings[Key] } = reading.settings;
  if (!isTime(name)) {
    const value = readInteger(reading, node, name, valueSpan(node), name === "mss" ? 0xffff : 2 ** 30);
    if (value !== undefined) settings[name] = value;
    return;
  }
  const duration = readDuration(reading, node.terms.length === 1 ? node.terms[0] : undefined, valueSpan(node));
  if (duration?.unit === "rto") complain(reading, "syntax", valueSpan(node), reading.texts.fixedTime);
  else if (duration) settings[name] = duration.amount;
}

function readDefinition(reading: Reading, node: ast.Let, definitions: Map<string, Definition>): void {
  const span = spanOf(node);
  const { name } = node;
  if (name === undefined || kindOf(node) === "nothing")
    return complain(reading, "syntax", span, reading.texts.writeLet);
  const nameSpan = childSpan(node, 1);
  const place = valueSpan(node);
  const first = definitions.get(name);
  if (first) {
    return complain(reading, "duplicate-name", nameSpan, reading.texts.hasNumber(name), {
      related: [{ span: first.span, message: reading.texts.theFirst(name) }],
      fixes: [dropLine(reading, span, reading.texts.removeSecond)],
    });
  }
  if (kindOf(node) !== "sum") return complain(reading, "syntax", place, reading.texts.symbolIsNumber);
  const sum = readSum(reading, node.terms, place);
  if (sum === undefined) return;
  const bindings = new Map<string, Num>();
  for (const { symbol } of sum.terms) {
    const known = definitions.get(symbol);
    if (known) bindings.set(symbol, known.value);
  }
  const value = resolve(sum, { kinds: new Map(), bindings });
  const [unknown] = value.terms;
  if (unknown) complain(reading, "syntax", place, reading.texts.noNumberYet(unknown.symbol));
  else definitions.set(name, { symbol: name, value, span });
}
