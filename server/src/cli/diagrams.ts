/** Mermaid diagrams that show TCP, turned into flows where they stand. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { Locale } from "../flow/locale.ts";
import { applyEdits } from "../flow/mend.ts";
import { type Fence, offsetInFile } from "../formats/markdown.ts";
import { convertMermaid } from "../formats/mermaid-convert.ts";
import { asFlow } from "../formats/mermaid-fences.ts";
import { write } from "../language/write.ts";
import { complaintAbout, diagramsOf, readSources, type Source, writeSource } from "./inputs.ts";
import { CannotRun, type ExitCode, type Io } from "./io.ts";
import { place } from "./pretty.ts";
import { cliTexts } from "./texts.ts";

/** A diagram as the text of a flow, and what of it could not be carried over: a line each, with its place. */
interface Told {
  readonly fence: Fence;
  readonly text: string;
  readonly remarks: readonly string[];
}

/** The diagrams of a file that show TCP, as flows. */
export function tellDiagrams(source: Source, locale: Locale): Told[] {
  const lines = lineTable(source.text);
  return diagramsOf(source).flatMap((fence): Told[] => {
    const conversion = convertMermaid(fence.text, { firstLine: fence.line + 1, locale });
    if (!conversion) return [];
    const remarks = conversion.remarks.map(({ span, message }) => {
      const start = positionAt(lines, offsetInFile(fence, span.start));
      return `${place(source.path, start)}: ${message}`;
    });
    return [{ fence, text: write(conversion.flow), remarks }];
  });
}

/** `convert PATH… --in-place`: fences of Markdown files become tcpflow fences; `dryRun` only shows the difference. */
export async function convertInPlace(
  paths: readonly string[],
  { dryRun }: { readonly dryRun: boolean },
  io: Io,
): Promise<ExitCode> {
  if (paths.includes("-")) throw new CannotRun((texts) => texts.inPlaceInput);
  const { sources, complaints } = await readSources(paths, io);
  const texts = cliTexts(io.locale);
  let changed = 0;
  for (const source of sources) {
    const told = source.kind === "markdown" ? tellDiagrams(source, io.locale) : [];
    if (told.length === 0) continue;
    changed += told.length;
    for (const remark of told.flatMap(({ remarks }) => remarks)) io.stderr(`${remark}\n`);
    const text = applyEdits(
      source.text,
      told.flatMap(({ fence, text: flow }) => asFlow(source.text, fence, flow)),
    );
    if (dryRun) io.stdout(difference(source, text));
    else {
      try {
        await writeSource(source, text, io);
        io.stderr(`${texts.diagramsConverted(source.path, told.length)}\n`);
      } catch (error) {
        complaints.push(complaintAbout(source.path, error, io));
      }
    }
  }
  if (changed === 0) io.stderr(`${texts.noDiagrams}\n`);
  for (const complaint of complaints) io.stderr(`tcpflowc: ${complaint}\n`);
  return complaints.length > 0 ? 2 : 0;
}

/** As `diff -u` shows it. */
function difference({ path, text }: Source, changed: string): string {
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(path, path, text, changed, undefined, undefined, options);
}
