/** What a line may begin with, beside segments. */
import { CompletionItemKind } from "vscode-languageserver";
import { entryText } from "../glossary/markdown.ts";
import { OPENER_ENTRIES } from "../glossary/words.ts";
import { editorTexts } from "../texts.ts";
import type { Here } from "./here.ts";
import type { Proposal } from "./proposal.ts";
import { names } from "./words.ts";

/** What is written for a word that begins a statement, and the same with places to fill in. */
const OPENINGS: Readonly<Partial<Record<string, readonly [insert: string, snippet?: string]>>> = {
  title: ['title "', 'title "$1"'],
  section: ['section "', 'section "$1"'],
  endpoint: ["endpoint "],
  note: ["note "],
  let: ["let "],
  set: ["set "],
  wait: ["wait "],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the form of a place to fill in that holds something already
  repeat: ["repeat 2 {", "repeat ${1:2} {\n  $0\n}"],
  crossing: ["crossing {", "crossing {\n  $0\n}"],
  "...": ['... "', '... "$1"'],
};

/** What a crossing block is too small for. */
const NOT_CROSSING: ReadonlySet<string> = new Set(["crossing", "repeat", "wait", "section", "title", "..."]);

/** Endpoints, which act, and words of the language. */
export function statements(here: Here, indent: string): Proposal[] {
  const texts = editorTexts(here.flow.locale);
  const actors = names(here, []).map((one) => ({ ...one, insert: `${one.label} ` }));
  const hasTitle = here.flow.title !== undefined;
  const words = Object.entries(OPENER_ENTRIES).flatMap(([label, entry]): Proposal[] =>
    (label === "title" && hasTitle) || (here.crosses && NOT_CROSSING.has(label))
      ? []
      : [
          {
            label,
            kind: CompletionItemKind.Keyword,
            documentation: entryText(label, entry, here.flow.locale),
            ...opening(label, indent),
          },
        ],
  );
  const marks: Proposal[] = [
    { label: "@expect", insert: "@expect(", kind: CompletionItemKind.Keyword, detail: texts.onPurpose },
    { label: "@allow", insert: "@allow(", kind: CompletionItemKind.Keyword, detail: texts.silentHere },
  ];
  return [...actors, ...words, ...marks];
}

function opening(label: string, indent: string): Pick<Proposal, "insert" | "snippet"> {
  const [insert = label, snippet] = OPENINGS[label] ?? [];
  return snippet === undefined ? { insert } : { insert, snippet: snippet.replaceAll("\n", `\n${indent}`) };
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
      documentation: `\`\`\`tcpflow\n${handshake.join("\n")}\n\`\`\`\n\n${texts.opensHow}`,
    },
  ];
}
