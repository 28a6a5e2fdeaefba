/** A plugin for remark: code marked `tcpflow` becomes a picture, in Markdown and in MDX. */
import type { Code, Paragraph, Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { isFlowFence } from "../formats/fence-mark.ts";
import { drawFigure } from "./figure.ts";
import { type FileOptions, failOnErrors, figureElement, tellFile } from "./unified.ts";

export type RemarkOptions = FileOptions;

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
      tellFile(file, replay, start.column - 1);
      if (picture !== undefined && parent && index !== undefined) parent.children[index] = figure(node, picture + list);
    });
    if (errors === "fail") failOnErrors(file);
  };
}

/** A node that goes on into HTML as a figure, also where raw HTML is not allowed. */
function figure({ position }: Code, content: string): Paragraph {
  const { tagName, properties, children } = figureElement(content);
  const data = { hName: tagName, hProperties: properties, hChildren: children };
  return { type: "paragraph", children: [], data, ...(position ? { position } : {}) };
}
