/** Texts of flows that a ladder must be able to draw: every statement, right and wrong, in any order. */
import * as fc from "fast-check";

const NAMES = [
  ["client", "server"],
  ["A", "B", "C"],
  ["客户端", "load-balancer", "server"],
] as const;

const NUMBERS = ["x", "u+1", "1001", "4294967295", "?"];
const LABEL = ' "a label of its own, so long that it must be broken into several lines somewhere"';
const REMARKS = [
  "short",
  "a longer remark that goes on and on until it has to break",
  "一句很长的话，没有空格，也要折行，因为它比两条生命线之间的距离还要长",
];

/** Flows of up to 14 statements. */
export function flowTexts(): fc.Arbitrary<string> {
  return fc
    .constantFrom(...NAMES)
    .chain((names) =>
      fc
        .array(statement(names), { minLength: 1, maxLength: 14 })
        .map((statements) =>
          [
            `title "Random"`,
            `set latency = ${statements.length % 3 === 0 ? 40 : 0}ms`,
            `endpoint ${names.join(", ")}`,
            ...statements,
          ].join("\n"),
        ),
    );
}

function statement(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names);
  const plain = segment(names, ["->", "-x"]);
  return fc.oneof(
    { weight: 5, arbitrary: plain },
    { weight: 1, arbitrary: segment(names, ["~>"]) },
    { weight: 1, arbitrary: window(names) },
    { weight: 2, arbitrary: late(names) },
    { weight: 1, arbitrary: plain.map((line) => `${line.replace(/ "[^"]*"$/u, "")} old`) },
    { weight: 1, arbitrary: fc.array(segment(names, ["->"]), { minLength: 2, maxLength: 3 }).map(block("crossing")) },
    { weight: 1, arbitrary: fc.array(plain, { minLength: 1, maxLength: 2 }).map(block("repeat 3")) },
    fc.tuple(name, fc.constantFrom("connect", "close", "send 100")).map(([who, call]) => `${who} calls ${call}`),
    fc.tuple(name, fc.constantFrom("ESTABLISHED", "CLOSED", "?")).map(([who, state]) => `${who} is ${state}`),
    name.map((who) => `${who} timeout`),
    name.map((who) => `${who} crashes`),
    fc.constantFrom("wait 2MSL", "wait RTO", "wait 3s", '... "something left out"', 'section "Part"'),
    fc.tuple(name, fc.constantFrom(...REMARKS)).map(([who, text]) => `note ${who}: "${text}"`),
    fc.constantFrom(...REMARKS).map((text) => `note ${names.join(", ")}: "${text}"`),
  );
}

/** Segments that leave one millisecond after another. */
function window(names: readonly string[]): fc.Arbitrary<string> {
  const lines = fc.array(segment(names, ["->", "-x"]), { minLength: 2, maxLength: 4 });
  return lines.map((all) => all.map((line) => `@+1ms ${line}`).join("\n"));
}

function block(head: string): (lines: string[]) => string {
  return (lines) => [`${head} {`, ...lines, "}"].join("\n");
}

/** A segment that arrives after others, once or twice, or gets lost. */
function late(names: readonly string[]): fc.Arbitrary<string> {
  const others = fc.array(segment(names, ["->"]), { minLength: 1, maxLength: 3 });
  const ends = fc.constantFrom("late arrives", "late arrives\nlate arrives again", "late gets lost");
  return fc
    .tuple(segment(names, ["~>"]), others, ends)
    .map(([line, between, end]) => [`${line.replace(/ "[^"]*"$/u, "")} as late`, ...between, end].join("\n"));
}

function segment(names: readonly string[], arrows: readonly string[]): fc.Arbitrary<string> {
  const number = fc.option(fc.constantFrom(...NUMBERS), { nil: undefined });
  return fc
    .record({
      way: fc.shuffledSubarray([...names], { minLength: 2, maxLength: 2 }),
      arrow: fc.constantFrom(...arrows),
      flags: fc.constantFrom("SYN", "SYN+ACK", "ACK", "FIN+ACK", "PSH+ACK", "RST"),
      seq: number,
      ack: number,
      label: fc.constantFrom("", "", "", LABEL, ' "短"'),
      options: fc.constantFrom("", "", " <mss 1460, sackOK, TS val 100 ecr 0, nop, wscale 7>"),
    })
    .map(({ way, arrow, flags, seq, ack, label, options }) => {
      const fields = [seq && `seq=${seq}`, ack && `ack=${ack}`, flags === "PSH+ACK" ? "len=100" : undefined];
      const written = fields.filter((field) => field !== undefined).map((field) => ` ${field}`);
      return `${way[0]} ${arrow} ${way[1]}: ${flags}${written.join("")}${options}${label}`;
    });
}
