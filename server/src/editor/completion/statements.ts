/** What a line may begin with, beside segments. */
import { CompletionItemKind } from "vscode-languageserver";
import { entryText } from "../glossary/markdown.ts";
import { OPENER_ENTRIES } from "../glossary/words.ts";
import { editorTexts } from "../texts.ts";
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
  const texts = editorTexts(here.flow.locale);
  const flying = flyingSegments(here).flatMap((name): Proposal[] => [
    { label: `${name} arrives`, kind: CompletionItemKind.Event, detail: texts.arrivesNow },
    { label: `${name} gets lost`, kind: CompletionItemKind.Event, detail: texts.neverArrives },
  ]);
  const states = statesOf(here).map(({ name, state }) => `${name} is ${state}`);
  const assertion: Proposal[] =
    states.length === 0
      ? []
      : [{ label: states.join(", "), kind: CompletionItemKind.Event, detail: texts.assertsStates }];
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
            documentation: entryText(label, entry, here.flow.locale),
          },
        ],
  );
  const marks: Proposal[] = [
    { label: "@expect", insert: "@expect(", kind: CompletionItemKind.Keyword, detail: texts.onPurpose },
    { label: "@allow", insert: "@allow(", kind: CompletionItemKind.Keyword, detail: texts.silentHere },
  ];
  return [...flying, ...assertion, ...actors, ...words, ...marks];
}

/** The first lines of an empty flow. */
export function beginnings({ flow }: Here): Proposal[] {
  const texts = editorTexts(flow.locale);
  const handshake = [
    "client -> server: SYN seq=x",
    "server -> client: SYN+ACK seq=y ack=x+1",
    "client -> server: ACK seq=x+1 ack=y+1",
  ];
  return [
    {
      label: "client -> server: SYN seq=x",
      kind: CompletionItemKind.Event,
      detail: texts.opens,
      documentation: texts.opensHow,
    },
    {
      label: "handshake",
      kind: CompletionItemKind.Snippet,
      insert: handshake.join("\n"),
      detail: texts.wholeHandshake,
      documentation: `\`\`\`tcpflow\n${handshake.join("\n")}\n\`\`\``,
    },
  ];
}
