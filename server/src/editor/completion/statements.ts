/** What a line may begin with, beside segments. */
import { CompletionItemKind } from "vscode-languageserver";
import { entryText } from "../glossary/markdown.ts";
import { OPENER_ENTRIES } from "../glossary/words.ts";
import { type Here, statesOf } from "./here.ts";
import type { Proposal } from "./proposal.ts";
import { flyingSegments, names } from "./words.ts";

/** What is written for a word that begins a statement. */
const OPENINGS: Readonly<Partial<Record<string, string>>> = {
  title: 'title "',
  section: 'section "',
  endpoint: "endpoint ",
  note: "note ",
  let: "let ",
  set: "set ",
  wait: "wait ",
  repeat: "repeat 2 {",
  crossing: "crossing {",
  "...": '... "',
};

/** Segments in the network arrive or get lost; endpoints act; the states as they are; words of the language. */
export function statements(here: Here): Proposal[] {
  const flying = flyingSegments(here).flatMap((name): Proposal[] => [
    { label: `${name} arrives`, kind: CompletionItemKind.Event, detail: "the segment in the network arrives now" },
    { label: `${name} gets lost`, kind: CompletionItemKind.Event, detail: "the segment in the network never arrives" },
  ]);
  const states = statesOf(here).map(({ name, state }) => `${name} is ${state}`);
  const assertion: Proposal[] =
    states.length === 0
      ? []
      : [{ label: states.join(", "), kind: CompletionItemKind.Event, detail: "asserts the states as they are here" }];
  const actors = names(here, []).map((one) => ({ ...one, insert: `${one.label} ` }));
  const hasTitle = here.flow.title !== undefined;
  const words = Object.entries(OPENER_ENTRIES).flatMap(([label, entry]): Proposal[] =>
    label === "title" && hasTitle
      ? []
      : [
          {
            label,
            kind: CompletionItemKind.Keyword,
            insert: OPENINGS[label] ?? label,
            documentation: entryText(label, entry),
          },
        ],
  );
  const marks: Proposal[] = [
    { label: "@expect", insert: "@expect(", kind: CompletionItemKind.Keyword, detail: "a mistake shown on purpose" },
    { label: "@allow", insert: "@allow(", kind: CompletionItemKind.Keyword, detail: "this finding is silent here" },
  ];
  return [...flying, ...assertion, ...actors, ...words, ...marks];
}

/** The first lines of an empty flow. */
export function beginnings(): Proposal[] {
  const handshake = [
    "client -> server: SYN seq=x",
    "server -> client: SYN+ACK seq=y ack=x+1",
    "client -> server: ACK seq=x+1 ack=y+1",
  ];
  return [
    {
      label: "client -> server: SYN seq=x",
      kind: CompletionItemKind.Event,
      detail: "opens a connection",
      documentation: "Client: CLOSED → SYN-SENT. Server: LISTEN → SYN-RECEIVED. RFC 9293 §3.5",
    },
    {
      label: "handshake",
      kind: CompletionItemKind.Snippet,
      insert: handshake.join("\n"),
      detail: "the whole three-way handshake",
      documentation: `\`\`\`tcpflow\n${handshake.join("\n")}\n\`\`\``,
    },
  ];
}
