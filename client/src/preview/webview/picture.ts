/** The picture on the page. It is patched, never replaced, so that nothing flickers or jumps. */
import morphdom from "morphdom";
import ladderStyle from "../../../media/ladder.css";

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
  marks.replaceSync(ladderStyle);
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
      // The list of sentences says it better.
      drawn.setAttribute("aria-hidden", "true");
      const newText = rules.join("\n");
      if (newText !== styleText) style.replaceSync(newText);
      styleText = newText;
      const shown = svg();
      // What stepping put into it is not of the picture.
      for (const extra of shown?.querySelectorAll(".veil, .now, .ball") ?? []) extra.remove();
      if (shown === undefined) root.append(drawn);
      else morphdom(shown, drawn, { onBeforeElUpdated: (old, next) => !old.isEqualNode(next) });
    },
  };
}
