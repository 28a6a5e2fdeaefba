/** Zooming by buttons, by keys, and by the wheel with Ctrl; the place under the pointer stays where it is. */
import { element, make, onClick, takesKeys } from "./dom.ts";

const STEP = 1.2;
const LIMITS = { least: 0.2, most: 5 };
/** A wide picture is not fitted below this: its small print could not be read. */
const READABLE = 0.6;
/** Room on both sides of the picture when it is fitted to the width, in pixels. */
const MARGIN = 16;

export interface Zoom {
  /** Pixels on the screen for each pixel of the picture; none while it is fitted to the width. */
  readonly level: number | undefined;
  /** Gives the picture its size, after it changed. */
  apply(): void;
  /** Before the picture of another flow. */
  restart(): void;
}

/** @param box the element that scrolls */
export function createZoom(
  svg: () => SVGSVGElement | undefined,
  box: HTMLElement,
  start: number | undefined,
  changed: () => void,
): Zoom {
  const picture = element("picture");
  const paper = make("div", "paper");
  picture.replaceWith(paper);
  paper.append(picture);
  let level = start;
  /** The least scale that fitted this flow: with mistakes coming and going a picture should not swell and shrink. */
  let tightest = 1;

  const size = () => svg()?.viewBox.baseVal ?? { width: 0, height: 0 };
  /** Never larger than drawn: a small picture in a wide window stays as it is. */
  const fitted = () => {
    const room = (box.clientWidth - MARGIN) / (size().width || 1);
    tightest = Math.min(tightest, Math.max(READABLE, room));
    return tightest;
  };
  const restart = () => {
    tightest = 1;
  };

  const apply = () => {
    const { width, height } = size();
    const scale = level ?? fitted();
    // The picture itself keeps its size: with another one, all its text would be laid out anew.
    Object.assign(paper.style, { width: `${width * scale}px`, height: `${height * scale}px` });
    Object.assign(picture.style, {
      left: `calc(50% - ${(width * scale) / 2}px)`,
      transform: `scale(${scale})`,
    });
  };

  /** @param x,y of the place that stays, in the window */
  const scaleTo = (next: number | undefined, x: number, y: number) => {
    const old = svg()?.getBoundingClientRect();
    level = next === undefined ? undefined : Math.min(LIMITS.most, Math.max(LIMITS.least, next));
    apply();
    const now = svg()?.getBoundingClientRect();
    if (old !== undefined && now !== undefined && old.width > 0) {
      const grown = now.width / old.width;
      box.scrollBy(now.left + (x - old.left) * grown - x, now.top + (y - old.top) * grown - y);
    }
    changed();
  };

  const middle = () => {
    const { left, top } = box.getBoundingClientRect();
    return [left + box.clientWidth / 2, top + box.clientHeight / 2] as const;
  };
  const by = (factor: number) => scaleTo((level ?? fitted()) * factor, ...middle());
  const fit = () => {
    restart();
    scaleTo(undefined, ...middle());
  };

  onClick("zoom-in", () => by(STEP));
  onClick("zoom-out", () => by(1 / STEP));
  onClick("zoom-fit", fit);
  addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey || (takesKeys(target) && !(target instanceof HTMLButtonElement))) return;
    if (key === "+" || key === "=") by(STEP);
    else if (key === "-") by(1 / STEP);
    else if (key === "0") fit();
  });
  box.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      scaleTo((level ?? fitted()) * Math.exp(-event.deltaY / 500), event.clientX, event.clientY);
    },
    { passive: false },
  );
  let width = box.offsetWidth;
  new ResizeObserver(() => {
    // A scroll bar that comes and goes is no reason to fit anew.
    if (box.offsetWidth === width) return;
    width = box.offsetWidth;
    restart();
    apply();
  }).observe(box);

  return {
    get level() {
      return level;
    },
    apply,
    restart,
  };
}
