/** Mending a text: the fixes of its findings as one set of edits. */
import type { Finding, TextEdit } from "./findings.ts";
import type { Span } from "./flow.ts";

/**
 * The first fix of each finding that has one and is not expected, in the order of the text. Of fixes that meet in the
 * same text, the one of the earlier finding is taken: the others may no longer fit.
 */
export function mend(findings: readonly Finding[]): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { expected, fixes } of findings) {
    const [fix] = fixes;
    if (expected || fix === undefined) continue;
    if (!fix.edits.some((edit) => taken.some((other) => meet(edit.span, other.span)))) taken.push(...fix.edits);
  }
  return taken.sort((a, b) => a.span.start - b.span.start);
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start);
  let result = "";
  let end = 0;
  for (const { span, newText } of sorted) {
    result += text.slice(end, span.start) + newText;
    end = span.end;
  }
  return result + text.slice(end);
}

/** Two insertions at one place meet too. */
function meet(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
