/** Flows in Markdown: the places where a fence may stand. */
import { findFences } from "../../server/src/formats/markdown.ts";

/** What a file has before the marks that open a fence, before its other lines, and before the empty ones among these. */
export interface Place {
  readonly name: string;
  readonly first: string;
  readonly rest: string;
  readonly empty: string;
  readonly marks: string;
  readonly closed: boolean;
}

export const alone: Place = { name: "alone", first: "", rest: "", empty: "", marks: "```", closed: true };

export const PLACES: readonly Place[] = [
  alone,
  { ...alone, name: "with tildes, indented", first: "  ", rest: "  ", marks: "~~~~" },
  { ...alone, name: "never closed", closed: false },
  { ...alone, name: "in a list", first: "10. ", rest: "    " },
  { ...alone, name: "in a list, never closed", first: "- ", rest: "  ", closed: false },
  { ...alone, name: "in a quote", first: "> ", rest: "> ", empty: ">" },
  { ...alone, name: "in a quote in a list", first: "- > ", rest: "  > ", empty: "  >" },
  { ...alone, name: "in a list in a narrow quote", first: ">- ", rest: ">   ", empty: ">" },
];

/** Markdown with the flow in a fence at that place. */
export function fenced(flow: string, { first, rest, empty, marks, closed }: Place): string {
  const inside = flow
    .split("\n")
    .slice(0, -1)
    .map((line) => (line === "" ? empty : rest + line));
  const before = ["# A title", "", "Words: `client -> server: SYN`.", "", `${first}${marks}tcpflow`];
  return [...before, ...inside, ...(closed ? [rest + marks, "", "More words."] : []), ""].join("\n");
}

/** The line of the file on which the flow of `fenced` begins. */
export const FIRST_LINE = 5;

/** The flow that the only fence of a Markdown text has. */
export function flowIn(markdown: string): string {
  const [fence, ...others] = findFences(markdown);
  if (fence === undefined || others.length > 0) throw new Error(`not one fence:\n${markdown}`);
  return fence.text;
}
