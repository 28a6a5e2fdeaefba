/** The menu with which the picture leaves the preview. */
import type { FromPage } from "../messages.ts";

export function connectExports(post: (message: FromPage) => void): void {
  const menu = document.querySelector<HTMLDetailsElement>("#exports");
  for (const item of menu?.querySelectorAll<HTMLElement>("[data-export]") ?? []) {
    item.addEventListener("click", () => {
      if (menu !== null) menu.open = false;
      const message = messageOf(item.dataset.export);
      if (message !== undefined) post(message);
    });
  }
}

function messageOf(action: string | undefined): FromPage | undefined {
  switch (action) {
    case "svg":
    case "png":
    case "html":
    case "mermaid":
    case "text":
      return { kind: "export", format: action };
    case "copy":
    case "browse":
      return { kind: action };
    default:
      return undefined;
  }
}
