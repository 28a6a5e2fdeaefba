/** Small helpers for building a page. Texts are always texts. */

export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element #${id}`);
  return found;
}

/** An HTML element with classes and text or children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  classes: string,
  ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (classes !== "") made.className = classes;
  made.append(...content);
  return made;
}

export function onClick(id: string, action: () => void): void {
  document.getElementById(id)?.addEventListener("click", action);
}

/** Whether an element takes keys for itself. */
export function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, button, summary, a") !== null;
}

export function isMotionReduced(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
