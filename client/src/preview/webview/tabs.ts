/** The tabs above the picture: one is chosen, by click or by the arrow keys. */
import { element } from "./dom.ts";

const TABS = ["ladder", "mermaid"] as const;

export type Tab = (typeof TABS)[number];

export interface Tabs {
  readonly chosen: Tab;
}

export function createTabs(first: Tab, changed: (tab: Tab) => void): Tabs {
  let chosen: Tab = first;
  const show = () => {
    for (const tab of TABS) {
      const button = element(`tab-${tab}`);
      button.setAttribute("aria-selected", String(tab === chosen));
      button.tabIndex = tab === chosen ? 0 : -1;
    }
    element("stage").hidden = chosen !== "ladder";
    element("transport").hidden = chosen !== "ladder";
    element("mermaid").hidden = chosen !== "mermaid";
  };
  for (const [index, tab] of TABS.entries()) {
    const button = element(`tab-${tab}`);
    button.addEventListener("click", () => {
      if (chosen === tab) return;
      chosen = tab;
      show();
      changed(tab);
    });
    button.addEventListener("keydown", ({ key }) => {
      if (key !== "ArrowLeft" && key !== "ArrowRight") return;
      const other = element(`tab-${TABS[(index + 1) % TABS.length] ?? tab}`);
      other.focus();
      other.click();
    });
  }
  show();
  return {
    get chosen() {
      return chosen;
    },
  };
}
