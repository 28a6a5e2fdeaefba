/** `check --fix`: applies the first fix of every error and warning, as long as that changes anything. */
import type { Finding } from "../flow/findings.ts";
import type { Locale } from "../flow/locale.ts";
import { applyEdits, mend } from "../flow/mend.ts";
import { editInFile } from "../formats/markdown.ts";
import { withText, writeSource } from "./inputs.ts";
import type { Io } from "./io.ts";
import { place } from "./pretty.ts";
import { checkSource, type FileReport, rangeInFile, weigh } from "./reports.ts";
import type { RuleLevels } from "./severities.ts";
import { cliTexts } from "./texts.ts";

/** A fix may uncover the next mistake; more passes than this mean that two fixes undo each other. */
const MOST_PASSES = 20;

/** A file mended in memory, and a line about each fix. */
interface Mended {
  readonly report: FileReport;
  readonly applied: readonly string[];
}

/** Mends a file on disk; gives the report of what is left. */
export async function fixFile(report: FileReport, levels: RuleLevels, io: Io): Promise<Mended> {
  const mended = mendReport(report, levels, io.locale);
  const { source } = mended.report;
  if (mended.applied.length > 0) await writeSource(source, source.text, io);
  return mended;
}

function mendReport(first: FileReport, levels: RuleLevels, locale: Locale): Mended {
  const texts = cliTexts(locale);
  const applied: string[] = [];
  const seen = new Set<string>();
  let report = first;
  for (let pass = 0; pass < MOST_PASSES && !seen.has(report.source.text); pass++) {
    seen.add(report.source.text);
    const { source, lines, flows } = report;
    const edits = flows.flatMap(({ fence, findings }) => {
      const chosen = mend(findings.filter(isMended));
      for (const finding of findings) {
        const [fix] = finding.fixes;
        if (!fix?.edits.some((edit) => chosen.includes(edit))) continue;
        const { start } = rangeInFile(lines, fence, finding.span);
        applied.push(`${place(source.path, start)}: ${texts.labelled(texts.fixed, fix.title)} [${finding.rule}]`);
      }
      return chosen.map((edit) => editInFile(source.text, fence, edit));
    });
    if (edits.length === 0) break;
    report = weigh(checkSource(withText(source, applyEdits(source.text, edits)), locale), levels);
  }
  return { report, applied };
}

/** Hints and information stand on legal flows, which are left as they are. */
function isMended({ severity }: Finding): boolean {
  return severity === "error" || severity === "warning";
}
