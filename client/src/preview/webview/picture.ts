/** The picture on the page. It is patched, never replaced, so that nothing flickers or jumps. */
import morphdom from "morphdom";

export interface Picture {
  readonly root: ShadowRoot;
  /** The size in the picture's own pixels. */
  size(): { readonly width: number; readonly height: number };
  svg(): SVGSVGElement | undefined;
  draw(text: string): void;
}

/** In a shadow tree: the classes and ids of a picture are its own. */
export function createPicture(host: HTMLElement): Picture {
  const root = host.attachShadow({ mode: "open" });
  // The policy of the page forbids `<style>`, also while it is parsed; a style sheet that a script makes is not one.
  const style = new CSSStyleSheet();
  const marks = new CSSStyleSheet();
  marks.replaceSync(MARKS);
  root.adoptedStyleSheets = [style, marks];
  let styleText = "";

  const svg = () => {
    const first = root.firstElementChild;
    return first instanceof SVGSVGElement ? first : undefined;
  };
  return {
    root,
    svg,
    size: () => {
      const box = svg()?.viewBox.baseVal;
      return { width: box?.width ?? 0, height: box?.height ?? 0 };
    },
    draw: (text) => {
      const rules: string[] = [];
      const bare = text.replaceAll(/<style>(.*?)<\/style>/gs, (_, rule: string) => {
        rules.push(rule);
        return "";
      });
      const drawn = new DOMParser().parseFromString(bare, "image/svg+xml").documentElement;
      if (!(drawn instanceof SVGSVGElement)) return;
      const newText = rules.join("\n");
      if (newText !== styleText) style.replaceSync(newText);
      styleText = newText;
      const shown = svg();
      if (shown === undefined) root.append(drawn);
      else morphdom(shown, drawn, { onBeforeElUpdated: (old, next) => !old.isEqualNode(next) });
    },
  };
}

/** The picture lies on the editor's ground; what the reader points at and the cursor's line stand out. */
const MARKS = `
svg { display: block; margin: 0 auto; }
.tcpflow .paper { fill: transparent; }
.tcpflow .label { stroke: var(--vscode-editor-background); }
.tcpflow .segment { cursor: pointer; }
.tcpflow .segment:hover .hit { stroke: color-mix(in srgb, var(--vscode-focusBorder) 14%, transparent); }
.tcpflow .at-cursor.segment .hit { stroke: color-mix(in srgb, var(--vscode-focusBorder) 32%, transparent); }
`;
