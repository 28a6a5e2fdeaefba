/** Every flow that this repository ships is right; where a hint is left, it is said why. */
import { describe, expect, test } from "vitest";
import { format } from "../../server/src/language/format.ts";
import { examples, fences, MARKDOWN, RULE_MARKDOWN } from "../support/examples.ts";
import { allFindings } from "../support/flows.ts";

const FENCES = [...MARKDOWN, ...RULE_MARKDOWN].flatMap(fences);

/** Why a flow may end before its connections do. */
const UNFINISHED = new Map([
  ["close-wait-leak.tcpflow", "the leak is that nothing ever ends it"],
  ["rfc9293-figure-06.tcpflow", "the figure ends with data under way"],
  ["rfc9293-figure-09.tcpflow", "the figure ends with a new attempt"],
  ["two-way-handshake.tcpflow", "it hangs, which is the point"],
  ["why-fin-consumes-a-number.tcpflow", "it is about one direction"],
]);

describe("examples", () => {
  test.each(examples())("$name", ({ name, text }) => {
    const rules = allFindings(text).map((finding) => finding.split(" ")[0]);
    expect(rules).toEqual(UNFINISHED.has(name) ? ["unfinished"] : []);
  });
});

/** Fences are pieces of a connection: the text around them says what is still to come. */
describe("fences", () => {
  test.each(FENCES)("$name", ({ text }) => {
    expect(allFindings(text).filter((finding) => !finding.startsWith("unfinished "))).toEqual([]);
  });
});

test.each([...examples(), ...FENCES])("$name is formatted", ({ text }) => {
  expect(format(text)).toBe(text);
});
