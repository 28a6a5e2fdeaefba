import { describe, expect, test } from "vitest";
import { lineTable, positionAt } from "../../server/src/flow/lines.ts";
import { parse } from "../../server/src/language/parse.ts";
import { EVERYTHING } from "./flows.ts";

const LINES = EVERYTHING.split("\n");

/** Lines whose names other lines need, and one that makes rounds of others. */
const NEEDED = /^endpoint|as late|^repeat/u;

interface Halves {
  /** Findings on the line itself. */
  readonly own: string[];
  /** Findings and events of all other lines. */
  readonly others: string[];
}

/** The flow as one line of it, and all others, tell it. */
function halvesOf(text: string, line: number): Halves {
  const flow = parse(text);
  const table = lineTable(text);
  const own: string[] = [];
  const others: string[] = [];
  for (const { span, message } of flow.problems) {
    const place = positionAt(table, span.start).line;
    (place === line ? own : others).push(`${place} ${message}`);
  }
  for (const { kind, span } of flow.events) {
    const place = positionAt(table, span.start).line;
    if (place !== line) others.push(`${place} ${kind}`);
  }
  return { own, others: others.sort() };
}

function withLine(line: number, text: string): string {
  return LINES.map((old, index) => (index === line ? text : old)).join("\n");
}

test("the whole flow is right", () => expect(parse(EVERYTHING).problems).toEqual([]));

describe("a line cut anywhere has at most one finding, and costs no other line", () => {
  test.each(LINES.map((line, index) => ({ line, index })))("$line", ({ line, index }) => {
    const whole = halvesOf(EVERYTHING, index);
    for (let length = 1; length < line.length; length++) {
      const half = line.slice(0, length);
      const { own, others } = halvesOf(withLine(index, half), index);
      expect({ half, own }).toEqual({ half, own: own.slice(0, 1) });
      if (!NEEDED.test(line)) expect({ half, others }).toEqual({ half, others: whole.others });
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
    expect(halvesOf(withLine(index, junk), index).others).toEqual(halvesOf(EVERYTHING, index).others);
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
  expect(parse(nested(2_000)).segments.length).toBeLessThanOrEqual(1);
});

test("an annotation before an unreadable line finds its finding", () => {
  const flow = parse(
    'client -> server: SYN\n@expect(syntax)\nclient -> server: ACK $ seq=5\nclient crashes\n  "junk"\nserver crashes )',
  );
  expect(flow.problems.map(({ rule, statement }) => `${rule} ${statement}`)).toEqual([
    "syntax 1",
    "syntax undefined",
    "syntax 3",
  ]);
  expect(flow.annotations).toMatchObject([{ rule: "syntax", statement: 1 }]);
});
