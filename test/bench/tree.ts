/** Folders of Markdown files as notes have them: words, and three diagrams in each, in three languages. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exchange } from "./exchange.ts";

/** The diagrams of one file, each as the body of a diagram. */
interface Note {
  readonly tcpflow: readonly string[];
  readonly mermaid: readonly string[];
  readonly plantuml: readonly string[];
}

export interface Trees {
  /** Markdown with tcpflow fences. */
  readonly tcpflow: string;
  /** The same with mermaid fences. */
  readonly mermaid: string;
  /** Files for PlantUML, which takes no Markdown. */
  readonly plantuml: string;
  /** Every diagram for Mermaid's parser. */
  readonly diagrams: readonly string[];
}

const NAMES = [
  ["client", "server"],
  ["browser", "proxy"],
  ["alice", "bob"],
  ["left", "right"],
] as const;

/** Writes the folders; no two files have the same diagrams. */
export function writeTrees(home: string, files: number): Trees {
  const folders = { tcpflow: join(home, "tcpflow"), mermaid: join(home, "mermaid"), plantuml: join(home, "plantuml") };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const diagrams: string[] = [];
  for (let number = 0; number < files; number++) {
    const name = `note-${String(number).padStart(4, "0")}`;
    const { tcpflow, mermaid, plantuml } = noteOf(number);
    writeFileSync(join(folders.tcpflow, `${name}.md`), page(number, "tcpflow", tcpflow));
    writeFileSync(join(folders.mermaid, `${name}.md`), page(number, "mermaid", mermaid));
    writeFileSync(
      join(folders.plantuml, `${name}.puml`),
      plantuml.map((text) => `@startuml\n${text}@enduml\n`).join("\n"),
    );
    diagrams.push(...mermaid);
  }
  return { ...folders, diagrams };
}

function noteOf(number: number): Note {
  const all = [0, 1, 2].map((place) => {
    const [client, server] = NAMES[(number + place) % NAMES.length] ?? NAMES[0];
    const first = 1000 + number * 3 + place;
    const told = (text: string) =>
      text
        .replaceAll("client", client)
        .replaceAll("server", server)
        .replaceAll(/\bx(?:\+(\d+))?/gu, (_, more = "0") => String(first + Number(more)))
        .replaceAll(/\by(?:\+(\d+))?/gu, (_, more = "0") => String(5 * first + Number(more)));
    const { tcpflow, mermaid } = exchange(7 + ((number + 3 * place) % 10));
    return { tcpflow: told(tcpflow), mermaid: told(mermaid) };
  });
  return {
    tcpflow: all.map(({ tcpflow }) => tcpflow),
    mermaid: all.map(({ mermaid }) => mermaid),
    // Arrows are written alike.
    plantuml: all.map(({ tcpflow }) => tcpflow),
  };
}

const WORDS = `The client opens, asks, and closes. **Each side** keeps its own numbers, see [RFC 9293](https://www.rfc-editor.org/rfc/rfc9293.html):

- SYN and FIN count one each,
- data counts its octets, and
- a pure \`ACK\` counts nothing.

`;

function page(number: number, language: string, diagrams: readonly string[]): string {
  const parts = diagrams.map((text) => `${WORDS}\`\`\`${language}\n${text}\`\`\`\n\n`);
  return `# Notes ${number}\n\n${parts.join("## Next\n\n")}`;
}
