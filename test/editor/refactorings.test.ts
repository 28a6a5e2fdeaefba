/** Code actions without a finding: `|` is the cursor. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { replayOf } from "../../server/src/editor/documents.ts";
import { refactorings } from "../../server/src/editor/refactor/actions.ts";
import { wordsOf } from "../../server/src/editor/words.ts";
import { replay } from "../../server/src/flow/replay.ts";
import { parse } from "../../server/src/language/parse.ts";
import { showNumber } from "../../server/src/tcp/numbers.ts";
import { marked } from "./services.ts";

function actionsAt(text: string) {
  const { document, uri, position } = marked(text);
  const range = { start: position, end: position };
  return refactorings(replayOf(document, "en"), wordsOf(document), {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
}

/** The text after the action with this title; undefined where it is not offered. */
function changed(text: string, title: string): string | undefined {
  const action = actionsAt(text).find((one) => one.title === title);
  const edits = Object.values(action?.edit?.changes ?? {}).flat();
  const document = TextDocument.create("file:///a", "tcpflow", 1, text.replace("|", ""));
  return action && TextDocument.applyEdits(document, edits);
}

const BARE = "client -> server: SYN seq=x\nserver -> client: SYN+ACK| seq=y\nclient -> server: ACK\n";
const FULL = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

test("numbers are written, of a line and of all, and left out again", () => {
  expect(changed(BARE, "Write the numbers of this segment")).toBe(
    BARE.replace("|", "").replace("seq=y", "seq=y ack=x+1"),
  );
  expect(changed(BARE, "Write all numbers")).toBe(FULL);
  expect(changed(`|${FULL}`, "Leave out all numbers that follow from others")).toBe(BARE.replace("|", ""));
  expect(changed(`|${FULL}`, "Write all numbers")).toBeUndefined();
});

describe("symbols", () => {
  test("become numbers, and numbers become symbols", () => {
    const numbers = FULL.replaceAll("x+1", "1001").replaceAll("y+1", "5001").replace("x", "1000").replace("y", "5000");
    expect(changed(`|${FULL}`, "Write numbers for all symbols")).toBe(numbers);
    expect(changed(`|${numbers}`, "Write symbols for all numbers")).toBe(FULL);
  });

  test("get a number with `let`", () => {
    expect(changed(FULL.replace("seq=x", "seq=|x"), "Give x a number: let x = 1000")).toBe(`let x = 1000\n${FULL}`);
    expect(changed(`let x = 7\n|${FULL}`, "Write numbers for all symbols")).toContain("seq=7\n");
  });
});

test("a segment is lost, or arrives after all", () => {
  expect(changed(`|${FULL}`, "Mark this segment as lost")).toBe(FULL.replace("->", "-x"));
  expect(changed(`|${FULL.replace("->", "-x")}`, "Let this segment arrive")).toBe(FULL);
});

test("two segments cross", () => {
  const lines = "a -> b: FIN+ACK seq=u ack=v\nb -> a: FIN+ACK seq=v ack=u\n";
  expect(changed(`|${lines}`, "Let this segment and the next one cross")).toBe(
    "crossing {\n  a -> b: FIN+ACK seq=u ack=v\n  b -> a: FIN+ACK seq=v ack=u\n}\n",
  );
  expect(changed("|a -> b: SYN\na -> b: SYN\n", "Let this segment and the next one cross")).toBeUndefined();
  // An answer cannot cross what it answers.
  expect(changed(`|${FULL}`, "Let this segment and the next one cross")).toBeUndefined();
});

test("the close is completed, from wherever it has come to", () => {
  let text = FULL;
  const lines = [
    "client -> server: FIN+ACK seq=x+1 ack=y+1",
    "server -> client: ACK seq=y+1 ack=x+2",
    "server -> client: FIN+ACK seq=y+1 ack=x+2",
    "client -> server: ACK seq=x+2 ack=y+2",
  ];
  for (const line of lines) {
    const at = text.lastIndexOf("->");
    const done = changed(`${text.slice(0, at)}|${text.slice(at)}`, "Complete the close");
    expect(done?.trimEnd()).toBe(`${FULL}${lines.join("\n")}`);
    text += `${line}\n`;
  }
  expect(changed(`${text.trimEnd()}|`, "Complete the close")).toBeUndefined();
  expect(replay(parse(text)).findings).toEqual([]);
});

describe("in every example", () => {
  const folder = join(import.meta.dirname, "../../examples");
  const files = readdirSync(folder).filter((name) => name.endsWith(".tcpflow"));

  /** Every number of every segment as it is understood, and what is found. */
  const understood = (text: string) => {
    const { readings, findings, symbols } = replay(parse(text));
    const numbers = readings.map(({ seq, ack }) =>
      [seq, ack].map((field) => field && showNumber(field.value, symbols)),
    );
    return { numbers, findings: findings.map(({ rule, severity }) => `${severity} ${rule}`) };
  };
  const atFirst = (text: string, title: string) => {
    const line = parse(text).segments[0]?.places.line.start ?? 0;
    return changed(`${text.slice(0, line)}|${text.slice(line)}`, title);
  };

  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");
    test(`leaving the numbers out changes nothing that is understood: ${file}`, () => {
      expect(understood(atFirst(text, "Leave out all numbers that follow from others") ?? text)).toEqual(
        understood(text),
      );
    });
    test(`writing the numbers changes nothing that is understood: ${file}`, () => {
      expect(understood(atFirst(text, "Write all numbers") ?? text)).toEqual(understood(text));
    });
    test(`numbers or symbols, the findings are the same: ${file}`, () => {
      const { findings } = understood(text);
      const errors = (all: readonly string[]) =>
        all.filter((one) => !/^hint|unrelated-number|borrowed-number|new-symbol/.test(one));
      for (const title of ["Write numbers for all symbols", "Write symbols for all numbers"])
        expect(errors(understood(atFirst(text, title) ?? text).findings)).toEqual(errors(findings));
    });
  }
});
