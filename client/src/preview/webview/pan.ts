/** Moving the picture by dragging it: with the middle button, or with the space bar held. A short press of space is told. */
import { takesKeys } from "./dom.ts";

export function createPan(box: HTMLElement, pressed: () => void): void {
  let isSpace = false;
  let hasMoved = false;

  addEventListener("keydown", (event) => {
    if (event.key !== " " || takesKeys(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.repeat) return;
    isSpace = true;
    hasMoved = false;
    box.classList.add("grab");
  });
  addEventListener("keyup", ({ key }) => {
    if (key !== " " || !isSpace) return;
    isSpace = false;
    box.classList.remove("grab");
    if (!hasMoved) pressed();
  });
  addEventListener("blur", () => {
    isSpace = false;
    box.classList.remove("grab");
  });
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 1 && !(event.button === 0 && isSpace)) return;
    event.preventDefault();
    hasMoved = true;
    box.setPointerCapture(event.pointerId);
    box.classList.add("grabbed");
  });
  box.addEventListener("pointermove", (event) => {
    if (box.classList.contains("grabbed")) box.scrollBy(-event.movementX, -event.movementY);
  });
  for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => box.classList.remove("grabbed"));
}
