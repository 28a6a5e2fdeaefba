/** The fixes of findings as code actions. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Finding, Fix, TextEdit as FlowEdit } from "../flow/findings.ts";
import type { Flow, Span } from "../flow/flow.ts";
import { mend } from "../flow/mend.ts";
import type { Shown } from "./diagnostics.ts";
import { rangesIn } from "./documents.ts";
import { annotationsFor } from "./refactor/annotations.ts";
import { editorTexts } from "./texts.ts";

/** Mends at once, also on saving, every mistake that has one answer. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.tcpflow`;

type RangeOf = (span: Span) => Range;

/**
 * Every fix of every finding that the range touches, the likeliest of each marked as preferred; then the ways to say that it is on purpose; then the one for all.
 * `laterFix` mends a finding with what is only known from the lines behind it.
 */
export function codeActions(
  shown: readonly Shown[],
  flow: Flow,
  laterFix: (finding: Finding) => Fix | undefined,
  params: CodeActionParams,
): CodeAction[] {
  const rangeOf = rangesIn(flow.text);
  const { uri } = params.textDocument;
  const actions: CodeAction[] = [];
  if (wants(params, CodeActionKind.QuickFix)) {
    for (const { finding, diagnostic } of shown) {
      if (!touches(diagnostic.range, params.range)) continue;
      const action = ({ title, edits }: Fix): CodeAction => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit: edit(uri, edits, rangeOf),
      });
      actions.push(...finding.fixes.map((fix, index) => ({ ...action(fix), isPreferred: index === 0 })));
      const later = laterFix(finding);
      if (later !== undefined) actions.push({ ...action(later), isPreferred: finding.fixes.length === 0 });
      actions.push(...annotationsFor(flow, finding).map(action));
    }
  }
  const single = shown.filter(({ finding }) => finding.fixes.length === 1 && isMistake(finding));
  if (single.length > 0 && wants(params, FIX_ALL)) {
    actions.push({
      title: editorTexts(flow.locale).fixAll,
      kind: FIX_ALL,
      diagnostics: single.map(({ diagnostic }) => diagnostic),
      edit: edit(uri, mend(single.map(({ finding }) => finding)), rangeOf),
    });
  }
  return actions;
}

/** Information and hints stand on legal flows. */
function isMistake({ severity }: Finding): boolean {
  return severity === "error" || severity === "warning";
}

function edit(uri: string, edits: readonly FlowEdit[], rangeOf: RangeOf): WorkspaceEdit {
  const changes: TextEdit[] = edits.map(({ span, newText }) => ({ range: rangeOf(span), newText }));
  return { changes: { [uri]: changes } };
}

/** A client that names no kinds wants the fixes at the cursor and whatever source actions there are. */
export function wants(params: CodeActionParams, kind: string): boolean {
  const { only } = params.context;
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}

function touches(a: Range, b: Range): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start);
}

function before(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
