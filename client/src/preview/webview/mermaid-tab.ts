/** The tab that shows the flow as Mermaid draws it. Mermaid is loaded when the tab is opened for the first time. */

import type { ScriptTexts } from "../../../../server/src/page/texts.ts";
import { element, make } from "./dom.ts";

/** What the bundle with Mermaid puts into the page. */
export interface MermaidBundle {
  /** An `<svg>` element; fails on a text that Mermaid cannot read. */
  draw(text: string, dark: boolean): Promise<string>;
}

declare global {
  var tcpflowMermaid: MermaidBundle | undefined;
}

export interface MermaidTab {
  /** A new text; nothing where there is none. */
  show(text: string | undefined): Promise<void>;
  text(): string;
}

/** @param nonce with which the page lets scripts run */
export function createMermaidTab(texts: ScriptTexts, nonce: string): MermaidTab {
  const host = element("mermaid-picture");
  let shown = "";
  let loading: Promise<void> | undefined;

  const load = () =>
    new Promise<void>((resolve, reject) => {
      const script = document.createElement("script");
      script.nonce = nonce;
      script.src = document.body.dataset.mermaid ?? "";
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error("Mermaid could not be loaded")));
      document.head.append(script);
    });

  return {
    text: () => shown,
    show: async (text) => {
      shown = text ?? "";
      try {
        loading ??= load();
        await loading;
        const isDark = document.body.matches(".vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)");
        const svg = text === undefined ? undefined : await tcpflowMermaid?.draw(text, isDark);
        // Another text came while this one was drawn.
        if (shown !== (text ?? "")) return;
        const drawn = svg && new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
        if (drawn instanceof SVGSVGElement) host.replaceChildren(drawn);
        else host.replaceChildren(make("p", "unknown", texts.noMermaid));
      } catch (error) {
        host.replaceChildren(make("p", "unknown", `${texts.noMermaid}: ${String(error)}`));
      }
    },
  };
}
