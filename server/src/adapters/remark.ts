/** A plugin for remark: code marked `tcpflow` becomes a picture, in Markdown and in MDX. */
import type { ElementContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import type { Code, Paragraph, Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import type { Span } from "../flow/flow.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import { isFlowFence } from "../formats/fence-mark.ts";
import { drawFigure, type FigureOptions, shownFindings } from "./figure.ts";

export interface RemarkOptions extends FigureOptions {
  /** What an error in a flow does: it ends the build (`fail`, if left out), or is a message of the file (`warn`). */
  readonly errors?: "fail" | "warn";
}

/**
 * The plugin: `unified().use(remarkTcpflow)`. Everything that is wrong with a flow is a message of the file with its
 * place. Throws the first error's message, after all flows of the file were drawn, unless told otherwise.
 */
export function remarkTcpflow({ errors = "fail", ...options }: RemarkOptions = {}): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    let place = 0;
    visit(tree, "code", (node, index, parent) => {
      if (!isFlowFence([node.lang, node.meta].filter((word) => word != null).join(" "))) return;
      const { start } = node.position ?? { start: { line: 0, column: 1 } };
      const { replay, picture, list } = drawFigure(`${node.value}\n`, start.line + 1, place++, options);
      tell(file, node, replay);
      if (picture !== undefined && parent && index !== undefined) parent.children[index] = figure(node, picture + list);
    });
    const [first] = file.messages.filter(({ source, fatal }) => source === SOURCE && fatal === true);
    if (first !== undefined && errors === "fail") throw first;
  };
}

const SOURCE = "tcpflow";

/** A node that goes on into HTML as a figure, also where raw HTML is not allowed. */
function figure({ position }: Code, html: string): Paragraph {
  const { children } = fromHtml(html, { fragment: true });
  const data = {
    hName: "figure",
    hProperties: { className: ["tcpflow-figure"] },
    hChildren: children.filter((child): child is ElementContent => child.type !== "doctype"),
  };
  return { type: "paragraph", children: [], data, ...(position ? { position } : {}) };
}

/** Errors are fatal to the message, which is how reporters tell them from warnings. */
function tell(file: VFile, node: Code, replay: Replay): void {
  const lines = lineTable(replay.flow.text);
  const indent = (node.position?.start.column ?? 1) - 1;
  const pointAt = (offset: number) => {
    const { line, character } = positionAt(lines, offset);
    return { line: line + replay.flow.firstLine, column: character + 1 + indent };
  };
  const placeOf = ({ start, end }: Span) => ({ start: pointAt(start), end: pointAt(end) });
  for (const { severity, rule, message, span } of shownFindings(replay)) {
    const told = file.message(message, { place: placeOf(span), ruleId: rule, source: SOURCE });
    told.fatal = severity === "error";
  }
}
