/** Names and where they stand: `|` is the cursor, `⟨…⟩` what is found. */
import { describe, expect, test } from "vitest";
import type { Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { replayOf } from "../../server/src/editor/documents.ts";
import {
  definition,
  highlights,
  type Named,
  references,
  rename,
  renameable,
} from "../../server/src/editor/references.ts";
import { selectionRanges } from "../../server/src/editor/selection.ts";
import { semanticTokens } from "../../server/src/editor/semantic-tokens.ts";
import { wordsOf } from "../../server/src/editor/words.ts";
import { type Marked, marked } from "./services.ts";

function named({ document, uri }: Marked): Named {
  return { uri, replay: replayOf(document, "en"), words: wordsOf(document) };
}

/** The text with the ranges in brackets. */
function shown(text: string, ranges: readonly Range[]): string {
  const document = TextDocument.create("file:///a", "tcpflow", 1, text);
  const edits = ranges.map((range) => ({ range, newText: `⟨${document.getText(range)}⟩` }));
  return TextDocument.applyEdits(document, edits);
}

const FLOW = `endpoint client, server
client -> server: SYN seq=x as first
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
first arrives again
note client: "client"
`;

const at = (before: string, behind: string) => marked(FLOW.replace(before + behind, `${before}|${behind}`));

describe("references", () => {
  const found = (place: Marked) =>
    shown(
      place.text,
      references(named(place), place.position, true).map(({ range }) => range),
    );

  test("of an endpoint", () => {
    expect(found(at("endpoint ", "client"))).toBe(FLOW.replace(/client(?!")/g, "⟨client⟩"));
  });

  test("of a symbol", () => {
    expect(found(at("ack=", "x+1"))).toBe(FLOW.replace(/=x/g, "=⟨x⟩"));
  });

  test("of a segment", () => {
    expect(found(at("as fi", "rst"))).toBe(FLOW.replace(/first/g, "⟨first⟩"));
  });

  test("not of other words", () => {
    expect(found(at("SYN", "+ACK"))).toBe(FLOW);
  });
});

describe("the definition", () => {
  const found = (place: Marked) =>
    shown(
      place.text,
      definition(named(place), place.position).map(({ targetRange }) => targetRange),
    );

  test("of an endpoint is its declaration, of a segment its `as`, of a symbol its first place", () => {
    expect(found(at("note cl", "ient"))).toBe(FLOW.replace("client", "⟨client⟩"));
    expect(found(at("fir", "st arrives"))).toBe(FLOW.replace("as first", "as ⟨first⟩"));
    expect(found(at("ack=", "y+1"))).toBe(FLOW.replace("seq=y", "seq=⟨y⟩"));
  });

  test("of a symbol with a `let` is that", () => {
    const place = marked("a -> b: SYN seq=|x\nlet x = 1000\n");
    expect(found(place)).toBe("a -> b: SYN seq=x\nlet ⟨x⟩ = 1000\n");
  });
});

describe("rename", () => {
  const renamed = (place: Marked, name: string) => {
    const edits = rename(named(place), place.position, name)?.changes?.[place.uri] ?? [];
    return TextDocument.applyEdits(TextDocument.create("file:///a", "tcpflow", 1, place.text), edits);
  };

  test("changes the name everywhere, and no text", () => {
    expect(renamed(at("endpoint ", "client"), "alice")).toBe(FLOW.replace(/client(?!")/g, "alice"));
    expect(renamed(at("seq=", "x as"), "isn")).toBe(FLOW.replace(/=x/g, "=isn"));
    expect(renamed(at("endpoint ", "client"), "客户端")).toContain("客户端 -> server");
  });

  test("refuses what is no name, and a name that is taken", () => {
    for (const name of ["", "1x", "a b", "SYN", "x+1", "server"])
      expect(() => renamed(at("endpoint ", "client"), name)).toThrow(name);
  });

  test("is not offered on other words", () => {
    const place = at("SYN", "+ACK");
    expect(renameable(named(place), place.position)).toBeUndefined();
  });
});

test("a segment lights up with the one that acknowledges it and those that it acknowledges", () => {
  const place = at("server -", "> client");
  expect(
    shown(
      place.text,
      highlights(named(place), place.position).map(({ range }) => range),
    ),
  ).toBe(FLOW.replace("SYN seq", "⟨SYN⟩ seq").replace("SYN+ACK", "⟨SYN+ACK⟩").replace("ack=y+1", "⟨ack=y+1⟩"));
});

test("the selection grows from a number to its field, its line, and the whole", () => {
  const place = at("ack=", "x+1");
  const found: string[] = [];
  for (let one = selectionRanges(place.document, [place.position])[0]; one !== undefined; one = one.parent)
    found.push(place.document.textDocument.getText(one.range));
  expect(found).toEqual(["x", "ack=x+1", "server -> client: SYN+ACK seq=y ack=x+1", FLOW]);
});

test("names have tokens of their own, wherever they stand", async () => {
  const place = marked("wait -> client: SYN seq=x as x\n");
  const { data } = await semanticTokens.semanticHighlight(place.document, { textDocument: { uri: place.uri } });
  // Line and start relative to the token before, length, type, declared.
  expect(data).toEqual([0, 0, 4, 0, 0, 0, 8, 6, 0, 0, 0, 16, 1, 1, 0, 0, 5, 1, 2, 1]);
});
