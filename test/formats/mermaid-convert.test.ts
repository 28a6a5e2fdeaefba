/** Mermaid diagrams in, flows as text out: what they tell stays, what no flow can say becomes a note. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkMermaid } from "../../server/src/formats/mermaid.ts";
import { convertMermaid } from "../../server/src/formats/mermaid-convert.ts";
import { findDiagrams } from "../../server/src/formats/mermaid-fences.ts";
import { write } from "../../server/src/language/write.ts";
import { check } from "../support/flows.ts";

const diagrams = ["right", "wrong"].flatMap((name) => {
  const markdown = readFileSync(new URL(`../data/mermaid/${name}.md`, import.meta.url), "utf8");
  return findDiagrams(markdown).map(({ text, line }) => ({ place: `${name}.md:${line}`, text }));
});

/** The text of the flow that a diagram with these lines becomes, and what could not be carried over. */
function converted(...lines: string[]): { flow: string; remarks: string[] } {
  const conversion = convertMermaid(["sequenceDiagram", ...lines].join("\n"));
  if (!conversion) throw new Error("this diagram shows no TCP");
  return { flow: write(conversion.flow), remarks: conversion.remarks.map(({ message }) => message) };
}

test.each(diagrams)("what $place becomes is a flow with as many segments", ({ text }) => {
  const conversion = convertMermaid(text);
  const { flow, findings } = check(write(conversion?.flow ?? check("").flow));
  const about = new Set(["syntax", "unknown-name", "duplicate-name"]);
  expect(findings.filter(({ rule }) => about.has(rule))).toEqual([]);
  const drawn = checkMermaid(text)?.segments ?? 0;
  // Of alternatives only one is carried over.
  if (!/^\s*(?:alt|break)\b/mu.test(text)) expect(flow.segments).toHaveLength(drawn);
});

describe("what is carried over", () => {
  test("sentences in quotes stay whole, and frames of HTTP/2 are data", () => {
    const { flow } = converted(
      "C->>S: SYN",
      "S->>C: SYN-ACK",
      `C->>S: ACK: "Great! I acknowledge Y+1. Let's go!"`,
      "C->>S: SETTINGS",
      "S->>C: SETTINGS (ACK)",
    );
    expect(flow).toMatchInlineSnapshot(`
      "endpoint C, S

      C -> S: SYN
      S -> C: SYN+ACK
      C -> S: ACK "Great! I acknowledge Y+1. Let's go!"
      ... "SETTINGS"
      ... "SETTINGS (ACK)"
      "
    `);
  });

  test("numbers, lengths, windows, words and losses", () => {
    const { flow } = converted(
      "participant C as Client",
      "participant S as Web server",
      "C->>S: 1. SYN (seq=x, win=1000) hello",
      "S->>C: SYN-ACK (seq=y, ack=x+1)",
      "C->>S: ACK (ack=y+1)",
      'C-xS: seq=x+1, data: "abc"',
      "C->>S: GET /",
    );
    expect(flow).toMatchInlineSnapshot(`
      "endpoint Client
      endpoint S as "Web server"

      Client -> S: SYN seq=x win=1000 "hello"
      S -> Client: SYN+ACK seq=y ack=x+1
      Client -> S: ACK ack=y+1
      Client -x S: ACK seq=x+1 data="abc"
      ... "GET /"
      "
    `);
  });

  test("states where they hold below their note, the others as notes", () => {
    const { flow } = converted(
      "Note over A: FIN_WAIT_1 soon",
      "A->>B: FIN",
      "Note over A: FIN_WAIT_1",
      "Note over B: CLOSE_WAIT, and it may go on",
      "B->>A: ACK",
    );
    expect(flow).toMatchInlineSnapshot(`
      "endpoint A, B

      note A: "FIN_WAIT_1 soon"
      A -> B: FIN+ACK
      A is FIN-WAIT-1
      B is CLOSE-WAIT
      note B: "CLOSE_WAIT, and it may go on"
      B -> A: ACK
      "
    `);
  });

  test("what crosses", () => {
    const { flow } = converted("A->>B: FIN, seq=u", "B->>A: FIN, seq=v", "A->>B: ACK, ack=v+1", "B->>A: ACK, ack=u+1");
    expect(flow).toMatchInlineSnapshot(`
      "endpoint A, B

      crossing {
        A -> B: FIN+ACK seq=u
        B -> A: FIN+ACK seq=v
      }
      A -> B: ACK ack=v+1
      B -> A: ACK ack=u+1
      "
    `);
  });

  test("segments that arrive one by one", () => {
    const { flow } = converted("A->>B: Seq=1, Len=9", "A->>B: Seq=10, Len=9", "B->>A: ACK=10", "B->>A: ACK=19");
    expect(flow).toMatchInlineSnapshot(`
      "endpoint A, B

      A ~> B: ACK seq=1 len=9 as s1
      A ~> B: ACK seq=10 len=9 as s2
      s1 arrives
      B -> A: ACK ack=10
      s2 arrives
      B -> A: ACK ack=19
      "
    `);
  });

  test("several connections, by ports and by names of their own for numbers", () => {
    const { flow } = converted(
      "C->>S: SYN seq=x",
      "S->>C: RST, ACK ack=x+1",
      "Note over C,S: again",
      "C->>S: SYN seq=x",
      "S->>C: SYN-ACK seq=y ack=x+1",
      "C->>S: ACK ack=y+1",
      "Note over C,S: and another one",
      "C->>S: SYN seq=x",
      "S->>C: SYN-ACK seq=y ack=x+1",
    );
    expect(flow).toMatchInlineSnapshot(`
      "endpoint C, S

      C:49152 -> S: SYN seq=x
      S -> C:49152: RST+ACK ack=x+1
      note C, S: "again"
      C:49152 -> S: SYN seq=x
      S -> C:49152: SYN+ACK seq=y ack=x+1
      C:49152 -> S: ACK ack=y+1
      note C, S: "and another one"
      C:49153 -> S: SYN seq=x2
      S -> C:49153: SYN+ACK seq=y2 ack=x2+1
      "
    `);
  });

  test("names that a flow cannot write", () => {
    const { flow } = converted("participant 1 as SYN proxy", "participant 1b", "1->>1b: SYN", "1b->>1: SYN-ACK");
    expect(flow).toMatchInlineSnapshot(`
      "endpoint host as "SYN proxy"
      endpoint b as "1b"

      host -> b: SYN
      b -> host: SYN+ACK
      "
    `);
  });
});

describe("what is not carried over is a note, and said", () => {
  test("alternatives, loops, other exchanges", () => {
    const { flow, remarks } = converted(
      "U->>C: click",
      "C->>S: SYN",
      "alt open",
      "S->>C: SYN-ACK",
      "else shut",
      "S->>C: RST",
      "end",
      "loop for ever",
      "C->>S: more",
      "end",
    );
    expect(flow).toMatchInlineSnapshot(`
      "endpoint U, C, S

      note U, C: "U → C: click"
      C -> S: SYN
      note C, S: "alt: open"
      S -> C: SYN+ACK
      note C, S: "else: shut"
      note S, C: "S → C: RST"
      note C, S: "loop: for ever"
      ... "more"
      "
    `);
    expect(remarks).toMatchInlineSnapshot(`
      [
        "this message is not part of the exchange that is carried over: "click"",
        "alternatives are no part of a flow: this one is kept as notes",
        "this message is not part of the exchange that is carried over: "RST"",
        "the lines of this loop are drawn once",
      ]
    `);
  });
});
