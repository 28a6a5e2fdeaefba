/** Checks a text that a program wrote, and says in plain data what is wrong and how to mend it. */
import { lastBlocks } from "../../flow/blocks-at.ts";
import type { Finding, Fix } from "../../flow/findings.ts";
import { type LineTable, lineTable, positionAt } from "../../flow/lines.ts";
import type { Locale } from "../../flow/locale.ts";
import { replay } from "../../flow/replay.ts";
import { editInFile, type Fence, findFences, offsetInFile, wholeFile } from "../../formats/markdown.ts";
import { parse } from "../../language/parse.ts";
import { type RuleSettings, withSettings } from "../settings.ts";
import type { CheckAnswer, CheckedFinding, CheckedFix, CheckedFlow } from "./request.ts";

/** The text that the places are in. */
interface Checked {
  readonly text: string;
  readonly lines: LineTable;
}

/** Never throws on any text. Findings that an `@expect` met are left out. */
export function checkText(text: string, rules: RuleSettings, locale: Locale): CheckAnswer {
  const checked = { text, lines: lineTable(text) };
  const fences = findFences(text);
  const flows = (fences.length > 0 ? fences : [wholeFile(text)]).map((fence) =>
    checkFence(checked, fence, rules, locale),
  );
  const count = (wanted: string) =>
    flows.reduce((sum, { findings }) => sum + findings.filter(({ severity }) => severity === wanted).length, 0);
  return { errors: count("error"), warnings: count("warning"), flows };
}

function checkFence(checked: Checked, fence: Fence, rules: RuleSettings, locale: Locale): CheckedFlow {
  const replayed = withSettings(replay(parse(fence.text, { firstLine: fence.line + 1, locale })), rules);
  const blocks = lastBlocks(replayed);
  return {
    line: fence.line + 1,
    segments: replayed.flow.segments.length,
    endsIn: Object.fromEntries(replayed.ends.map(({ key }, end) => [key, blocks[end]?.state ?? "CLOSED"])),
    findings: replayed.findings
      .filter(({ expected }) => !expected)
      .map((finding) => checkedFinding(checked, fence, finding)),
  };
}

function checkedFinding(checked: Checked, fence: Fence, finding: Finding): CheckedFinding {
  const { rule, severity, message, rfc, span, fixes } = finding;
  const line = lineOf(checked, offsetInFile(fence, span.start));
  return {
    rule,
    severity,
    line: line + 1,
    text: checked.text.slice(checked.lines[line], checked.lines[line + 1]).trimEnd(),
    wrong: fence.text.slice(span.start, span.end),
    message,
    ...(rfc === undefined ? {} : { rfc }),
    fixes: fixes.map((fix) => checkedFix(checked, fence, fix)),
  };
}

/** The lines that the edits touch, before and after. */
function checkedFix(checked: Checked, fence: Fence, { title, edits }: Fix): CheckedFix {
  const inFile = edits.map((edit) => editInFile(checked.text, fence, edit));
  inFile.sort((a, b) => a.span.start - b.span.start);
  const first = lineOf(checked, inFile[0]?.span.start ?? 0);
  const last = lineOf(checked, Math.max(...inFile.map(({ span }) => span.end)));
  let newText = "";
  let at = checked.lines[first] ?? 0;
  for (const { span, newText: added } of inFile) {
    newText += checked.text.slice(at, span.start) + added;
    at = span.end;
  }
  newText += checked.text.slice(at, checked.lines[last + 1] ?? checked.text.length);
  return { title, firstLine: first + 1, lastLine: last + 1, newText };
}

function lineOf({ lines }: Checked, offset: number): number {
  return positionAt(lines, offset).line;
}
