/** Zooming by buttons, by keys, and by the wheel with Ctrl; the place under the pointer stays where it is. */
import type { Picture } from "./picture.ts";

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

export function createZoom(picture: Picture, start: number | undefined, changed: () => void): Zoom {
  let level = start;
  /** The least scale that fitted this flow: with mistakes coming and going a picture should not swell and shrink. */
  let tightest = 1;

  /** Never larger than drawn: a small picture in a wide window stays as it is. */
  const fitted = () => {
    const room = (document.documentElement.clientWidth - MARGIN) / (picture.size().width || 1);
    tightest = Math.min(tightest, Math.max(READABLE, room));
    return tightest;
  };
  const restart = () => {
    tightest = 1;
  };

  const apply = () => {
    const { width, height } = picture.size();
    const scale = level ?? fitted();
    picture.svg()?.setAttribute("width", String(width * scale));
    picture.svg()?.setAttribute("height", String(height * scale));
  };

  /** @param x,y of the place that stays, in the window */
  const scaleTo = (next: number | undefined, x: number, y: number) => {
    const old = picture.svg()?.getBoundingClientRect();
    level = next === undefined ? undefined : Math.min(LIMITS.most, Math.max(LIMITS.least, next));
    apply();
    const now = picture.svg()?.getBoundingClientRect();
    if (old !== undefined && now !== undefined && old.width > 0) {
      const grown = now.width / old.width;
      scrollBy(now.left + (x - old.left) * grown - x, now.top + (y - old.top) * grown - y);
    }
    changed();
  };

  const middle = () => [document.documentElement.clientWidth / 2, document.documentElement.clientHeight / 2] as const;
  const by = (factor: number) => scaleTo((level ?? fitted()) * factor, ...middle());
  const fit = () => {
    restart();
    scaleTo(undefined, ...middle());
  };

  onClick("zoom-in", () => by(STEP));
  onClick("zoom-out", () => by(1 / STEP));
  onClick("zoom-fit", fit);
  addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey) return;
    if (key === "+" || key === "=") by(STEP);
    else if (key === "-") by(1 / STEP);
    else if (key === "0") fit();
  });
  addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      scaleTo((level ?? fitted()) * Math.exp(-event.deltaY / 500), event.clientX, event.clientY);
    },
    { passive: false },
  );
  addEventListener("resize", () => {
    restart();
    apply();
  });

  return {
    get level() {
      return level;
    },
    apply,
    restart,
  };
}

function onClick(id: string, action: () => void): void {
  document.getElementById(id)?.addEventListener("click", action);
}
