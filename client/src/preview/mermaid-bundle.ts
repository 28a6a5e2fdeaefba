/** Mermaid for the preview's tab, with its sequence diagrams alone (see scripts/build.ts); a bundle of its own. */
import mermaid from "mermaid";

let drawn = 0;

globalThis.tcpflowMermaid = {
  draw: async (text, dark) => {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      htmlLabels: false,
      theme: dark ? "dark" : "default",
      maxTextSize: 1_000_000,
      fontFamily: "var(--vscode-font-family, sans-serif)",
    });
    drawn += 1;
    const { svg } = await mermaid.render(`mermaid-${drawn}`, text);
    return svg;
  },
};
