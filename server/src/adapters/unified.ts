/** What the plugins for remark and rehype share. */
import type { Element, ElementContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import type { VFile } from "vfile";
import type { Span } from "../flow/flow.ts";
import type { Replay } from "../flow/replay-types.ts";
import { FIGURE, type FigureOptions, placesIn, shownFindings } from "./figure.ts";

export interface FileOptions extends FigureOptions {
  /** What an error in a flow does: it ends the build (`fail`, if left out), or is a message of the file (`warn`). */
  readonly errors?: "fail" | "warn";
}

const SOURCE = "tcpflow";

/**
 * Makes what is wrong with a flow messages of its file. Errors are fatal to the message, which is how reporters tell
 * them from warnings.
 * @param indent how many characters stand before each line of the flow
 */
export function tellFile(file: VFile, read: Replay, indent: number): void {
  const placeOf = placesIn(read);
  const pointAt = (offset: number) => {
    const { line, column } = placeOf(offset);
    return { line, column: column + indent };
  };
  const rangeOf = ({ start, end }: Span) => ({ start: pointAt(start), end: pointAt(end) });
  for (const { severity, rule, message, span } of shownFindings(read)) {
    const told = file.message(message, { place: rangeOf(span), ruleId: rule, source: SOURCE });
    told.fatal = severity === "error";
  }
}

/** Throws the first error that was told. */
export function failOnErrors(file: VFile): void {
  const [first] = file.messages.filter(({ source, fatal }) => source === SOURCE && fatal === true);
  if (first !== undefined) throw first;
}

/** A figure as an element, from the HTML of what is in it. */
export function figureElement(content: string): Element {
  const { children } = fromHtml(content, { fragment: true });
  return {
    type: "element",
    tagName: "figure",
    properties: { className: [FIGURE.class], style: FIGURE.style },
    children: children.filter((child): child is ElementContent => child.type !== "doctype"),
  };
}
