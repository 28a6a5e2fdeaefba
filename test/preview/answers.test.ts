/** What is right in a blank: every spelling of the number or the state that belongs there. */
import { expect, test } from "vitest";
import { judge } from "../../client/src/preview/webview/answers.ts";
import type { LayoutOptions } from "../../server/src/ladder/layout.ts";
import { renderSteps } from "../../server/src/ladder/svg.ts";
import { check } from "../support/flows.ts";

/** What is said of an answer to the first blank of a flow. */
function said(text: string, answer: string, options: LayoutOptions = {}) {
  const { blanks, bindings } = renderSteps(check(text), options).steps;
  const [blank] = Object.values(blanks);
  if (blank === undefined) throw new Error("The flow has no blank");
  return judge(blank, answer, bindings);
}

const SYMBOL = "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=?\n";

test.each(["x+1", "1+x", " X + 1 ".toLowerCase(), "ack=x+1", "x＋1", "x+2-1", "-1+x+2", "x+0x1"])(
  "%s is x+1",
  (answer) => {
    expect(said(SYMBOL, answer)).toBe("right");
  },
);

test.each(["x", "x+2", "y+1", "1", "X+1", "foo"])("%s is not x+1", (answer) => {
  expect(said(SYMBOL, answer)).toBe("wrong");
});

test.each(["", "x+", "+", "1x", "x*1", "4294967296", "<img src=x>", "x+1; y", "...", "((x+1))"])(
  "%s is no number",
  (answer) => {
    expect(said(SYMBOL, answer)).toBe("unread");
  },
);

test("a number may be in figures, decimal or not", () => {
  const flow = SYMBOL.replace("seq=x", "seq=4294967295");
  expect(["0", "0x0", "4294967295+1", "1"].map((answer) => said(flow, answer))).toEqual([
    "right",
    "right",
    "right",
    "wrong",
  ]);
});

test("a symbol that has a number may stand for it", () => {
  const flow = `let x = 1000\n${SYMBOL}`;
  expect(["x+1", "1001", "x", "1000"].map((answer) => said(flow, answer))).toEqual([
    "right",
    "right",
    "wrong",
    "wrong",
  ]);
});

test("names of letters of any script are symbols", () => {
  expect(said(SYMBOL.replace("seq=x", "seq=初"), "初+1")).toBe("right");
});

test("relative numbers are right as the picture shows them, and as they are written", () => {
  expect(["1", "x+1", "0"].map((answer) => said(SYMBOL, answer, { numbers: "relative" }))).toEqual([
    "right",
    "right",
    "wrong",
  ]);
});

test("states are right in the spellings of RFCs, netstat and textbooks", () => {
  const flow = `${SYMBOL.replace("?", "x+1")}server is ?\n`;
  const answers = ["SYN-RECEIVED", "syn_rcvd", "SYN RECV", "ESTABLISHED", "OPENING"];
  expect(answers.map((answer) => said(flow, answer))).toEqual(["right", "right", "right", "wrong", "unread"]);
  expect(said(flow, "SYN-RECEIVED", { states: "netstat" })).toBe("right");
});

test("where answers are shown, or nothing tells what belongs there, nothing is asked", () => {
  expect(renderSteps(check(SYMBOL), { answers: true }).steps.blanks).toEqual({});
  const { svg, steps } = renderSteps(check("client -> server: SYN seq=?\n"));
  expect(steps.blanks).toEqual({});
  expect(svg).toContain('class="blank"');
  expect(svg).not.toContain("data-blank");
});
