/** A plugin for rehype: code marked `language-tcpflow` becomes a picture, wherever the HTML came from. */
import type { Element, Root, Text } from "hast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { isFlowFence } from "../formats/fence-mark.ts";
import { drawFigure } from "./figure.ts";
import { type FileOptions, failOnErrors, figureElement, tellFile } from "./unified.ts";

export type RehypeOptions = FileOptions;

/**
 * The plugin: `rehype().use(rehypeTcpflow)`. It draws `<pre><code class="language-tcpflow">` and
 * `<pre class="tcpflow">`, before what colours code. Messages and errors are those of the plugin for remark.
 */
export function rehypeTcpflow({ errors = "fail", ...options }: RehypeOptions = {}): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    let place = 0;
    visit(tree, "element", (node, index, parent) => {
      const code = codeOf(node);
      if (code === undefined) return;
      const { replay, picture, list } = drawFigure(textOf(code), firstLine(node, code), place++, options);
      tellFile(file, replay, 0);
      if (picture !== undefined && parent && index !== undefined) {
        parent.children[index] = figureElement(picture + list);
      }
      return SKIP;
    });
    if (errors === "fail") failOnErrors(file);
  };
}

/** The element in which a flow stands as text, of the `pre` around it. */
function codeOf(node: Element): Element | undefined {
  if (node.tagName !== "pre") return undefined;
  const inner = node.children.filter((child): child is Element => child.type === "element");
  const code = inner.find(({ tagName }) => tagName === "code") ?? node;
  const { className } = code.properties;
  const names = Array.isArray(className) ? className.map(String) : [];
  return names.some((name) => isFlowFence(name.replace(/^lang(?:uage)?-/u, ""))) ? code : undefined;
}

function textOf(node: Element): string {
  let text = "";
  visit(node, "text", ({ value }) => {
    text += value;
  });
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** The text's own line; of Markdown, whose text has none, the line behind the fence's marks. */
function firstLine(pre: Element, { children }: Element): number {
  const text = children.find((child): child is Text => child.type === "text");
  if (text?.position) return text.position.start.line;
  return (pre.position?.start.line ?? 0) + 1;
}
