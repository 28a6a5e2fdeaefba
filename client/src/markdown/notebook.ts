/** Flows in the Markdown cells of notebooks, which VS Code renders in the page of the notebook. */
import { tcpflow } from "../../../server/src/adapters/markdown-it.ts";
import { localeOf } from "../../../server/src/flow/locale.ts";
import highContrast from "../../media/high-contrast.css";
import styles from "../../media/markdown.css";

/** The renderer that this one extends. */
interface MarkdownRenderer {
  extendMarkdownIt(extend: (md: Parameters<typeof tcpflow>[0]) => void): void;
}

/** What VS Code gives a renderer. */
interface RendererContext {
  getRenderer(id: string): Promise<MarkdownRenderer | undefined>;
}

/** Called by VS Code when the first cell is rendered. */
export async function activate(context: RendererContext): Promise<void> {
  const renderer = await context.getRenderer("vscode.markdown-it-renderer");
  if (renderer === undefined) return;
  const style = document.createElement("style");
  style.textContent = highContrast + styles;
  // Colours come from the body of the page; each cell is a tree of its own and takes a copy of such templates.
  const template = document.createElement("template");
  template.classList.add("markdown-style");
  template.content.append(style.cloneNode(true));
  document.head.append(style, template);
  renderer.extendMarkdownIt((md) => {
    tcpflow(md, { errors: "draw", locale: localeOf(document.documentElement.lang) ?? "en" });
  });
}
