import { describe, expect, test } from "vitest";
import { lineTable, positionAt } from "../../server/src/flow/lines.ts";
import { parse } from "../../server/src/language/parse.ts";
import { EVERYTHING } from "./flows.ts";

const LINES = EVERYTHING.split("\n");

/** Lines whose names other lines need, and those that make rounds of others. */
const NEEDED = /^endpoint|as late|^repeat/u;

/** Findings and events of all lines but one. */
function others(text: string, line: number): { findings: string[]; events: string[] } {
  const flow = parse(text);
  const table = lineTable(text);
  const lineOf = (offset: number) => positionAt(table, offset).line;
  return {
    findings: flow.problems
      .filter(({ span }) => lineOf(span.start) !== line)
      .map(({ span, message }) => `${lineOf(span.start)} ${message}`),
    events: flow.events
      .filter(({ span }) => lineOf(span.start) !== line)
      .map(({ kind, span }) => `${lineOf(span.start)} ${kind}`)
      .sort(),
  };
}

function findingsIn(text: string, line: number): string[] {
  const table = lineTable(text);
  return parse(text)
    .problems.filter(({ span }) => positionAt(table, span.start).line === line)
    .map(({ message }) => message);
}

function withLine(line: number, text: string): string {
  return LINES.map((old, index) => (index === line ? text : old)).join("\n");
}

test("the whole flow is right", () => expect(parse(LINES.join("\n")).problems).toEqual([]));

describe("a half-typed line costs no other line", () => {
  test.each(LINES.map((line, index) => [line, index] as const).filter(([line]) => !NEEDED.test(line)))(
    "%s",
    (line, index) => {
      const whole = others(LINES.join("\n"), index);
      for (let length = 1; length < line.length; length++) {
        const half = withLine(index, line.slice(0, length));
        expect([line.slice(0, length), others(half, index)]).toEqual([line.slice(0, length), whole]);
      }
    },
  );
});

describe("and has at most one finding itself", () => {
  test.each(LINES.map((line, index) => [line, index] as const))("%s", (line, index) => {
    for (let length = 1; length < line.length; length++) {
      const half = line.slice(0, length);
      const found = findingsIn(withLine(index, half), index);
      expect([half, found.length]).toEqual([half, Math.min(found.length, 1)]);
    }
  });
});

describe("a line of anything else costs no other line", () => {
  test.each([
    ")",
    "foo bar baz",
    "-> server: SYN",
    "client -> -> server",
    '"',
    "{",
    "@@",
    "= = =",
    "client is is is",
    "é€😀",
    "<>",
  ])("%s", (junk) => {
    const index = LINES.indexOf("client calls connect");
    expect(others(withLine(index, junk), index)).toEqual(others(LINES.join("\n"), index));
  });
});

test("a half-typed segment is a segment as far as it goes", () => {
  const { segments } = parse('client -> server: SYN+ACK seq=x ack= <mss 1460, "label');
  expect(segments).toMatchObject([{ flags: 18, seq: { kind: "number" }, options: [{ kind: "mss" }] }]);
});

test("a block without its end repeats nothing, and its lines stand", () => {
  const flow = parse("repeat 5 {\nclient -> server: SYN\nclient is SYN-SENT");
  expect(flow.segments).toHaveLength(1);
  expect(flow.events.map(({ kind }) => kind)).toEqual(["send", "deliver", "assert"]);
});

test("a block whose beginning cannot be read has one finding, not one at its end too", () => {
  expect(parse("client -> server: SYN\nrepaet 5 {\nclient -x server: ACK\n}").problems).toHaveLength(1);
});

test("blocks in blocks are read up to a depth", () => {
  const nested = (depth: number) => `${"crossing {\n".repeat(depth)}client -> server: SYN\n${"}\n".repeat(depth)}`;
  expect(parse(nested(16)).problems).toEqual([]);
  expect(parse(nested(17)).problems.map(({ message }) => message)).toContain(
    "blocks stand at most 16 deep in each other",
  );
  expect(parse(nested(50_000)).segments.length).toBeLessThanOrEqual(1);
});
