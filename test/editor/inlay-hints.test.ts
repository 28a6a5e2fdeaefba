/** Hints as they stand in the text, in `⟨…⟩`. */
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type HintSettings, hintSettings, inlayHints } from "../../server/src/editor/inlay-hints.ts";
import { replay } from "../../server/src/flow/replay.ts";
import { parse } from "../../server/src/language/parse.ts";

function hinted(text: string, settings: HintSettings): string {
  const document = TextDocument.create("file:///a", "tcpflow", 1, text);
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
  const hints = inlayHints(replay(parse(text)), range, settings);
  const edits = hints.map(({ position, label }) => ({
    range: { start: position, end: position },
    newText: ` ⟨${label}⟩`,
  }));
  return TextDocument.applyEdits(document, edits);
}

const NUMBERS = { numbers: true, states: false };
const STATES = { numbers: false, states: true };

test("numbers that are left out, where they would be written", () => {
  expect(hinted('a -> b: SYN "hi"\nb -> a: SYN+ACK seq=y\na -> b: ACK seq=x+1 ack=y+1\n', NUMBERS)).toBe(
    'a -> b: SYN ⟨seq=x⟩ "hi"\nb -> a: SYN+ACK seq=y ⟨ack=x+1⟩\na -> b: ACK seq=x+1 ack=y+1\n',
  );
});

test("nothing is invented, and no blank is solved", () => {
  const text = "a -> b: SYN\nb -> a: SYN+ACK\n";
  expect(hinted(text, NUMBERS)).toBe(text);
  const blank = "a -> b: SYN seq=x\nb -> a: SYN+ACK seq=y ack=?\n";
  expect(hinted(blank, NUMBERS)).toBe(blank);
  const asked = "a -> b: SYN seq=x\na is ?\n";
  expect(hinted(asked, STATES)).toBe("a -> b: SYN seq=x ⟨b SYN-RECEIVED⟩\na is ?\n");
});

test("states, where they change", () => {
  expect(hinted('a -> b: FIN+ACK seq=u ack=v\nb -> a: ACK seq=v ack=u+1\nnote a: "still"\n', STATES)).toBe(
    'a -> b: FIN+ACK seq=u ack=v ⟨a FIN-WAIT-1 · b CLOSE-WAIT⟩\nb -> a: ACK seq=v ack=u+1 ⟨a FIN-WAIT-2⟩\nnote a: "still"\n',
  );
});

test("what arrives at the end of a crossing block changes the states there", () => {
  expect(
    hinted(
      "endpoint a is CLOSED\nendpoint b is CLOSED\ncrossing {\n  a -> b: SYN seq=x\n  b -> a: SYN seq=y\n}\n",
      STATES,
    ),
  ).toBe(
    "endpoint a is CLOSED\nendpoint b is CLOSED\ncrossing {\n  a -> b: SYN seq=x ⟨a SYN-SENT⟩\n  b -> a: SYN seq=y ⟨b SYN-SENT⟩\n} ⟨a SYN-RECEIVED · b SYN-RECEIVED⟩\n",
  );
});

test("a repeated line has the hint of its first round", () => {
  expect(
    hinted("repeat 3 {\n  a -x b: SYN\n  a timeout\n}\na -> b: SYN seq=x\n", { numbers: true, states: true }),
  ).toBe("repeat 3 {\n  a -x b: SYN ⟨seq=x⟩ ⟨a SYN-SENT⟩\n  a timeout\n}\na -> b: SYN seq=x ⟨b SYN-RECEIVED⟩\n");
});

test("each kind is on until it is switched off", () => {
  expect(hintSettings(undefined)).toEqual({ numbers: true, states: true });
  expect(hintSettings({ states: false, numbers: "yes" })).toEqual(NUMBERS);
});
