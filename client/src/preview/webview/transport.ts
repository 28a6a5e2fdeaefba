/** The bar below the ladder: play, pause, step forward and back, a slider; and the keys for them. */

import type { ScriptTexts } from "../../../../server/src/page/texts.ts";
import { element, onClick, takesKeys } from "./dom.ts";

export interface Transport {
  show(state: { position: number; count: number; words: string; playing: boolean; pinned: boolean }): void;
}

export interface TransportActions {
  play(): void;
  step(by: number): void;
  goTo(position: number): void;
  unpin(): void;
}

export function createTransport(texts: ScriptTexts, actions: TransportActions): Transport {
  const slider = element("slider");
  const where = element("where");
  const play = element("play");
  const back = element("step-back");
  const forward = element("step-forward");
  const unpin = element("unpin");
  if (!(slider instanceof HTMLInputElement)) throw new Error("The slider is not an input");

  onClick("play", actions.play);
  onClick("step-back", () => actions.step(-1));
  onClick("step-forward", () => actions.step(1));
  onClick("unpin", actions.unpin);
  slider.addEventListener("input", () => actions.goTo(Number(slider.value) - 1));

  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => actions.step(1),
    ArrowLeft: () => actions.step(-1),
    Home: () => actions.goTo(-1),
    End: () => actions.goTo(Number.POSITIVE_INFINITY),
    Escape: actions.unpin,
  };
  addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || (takesKeys(target) && key !== "Escape")) return;
    const action = keys[key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });

  return {
    show: ({ position, count, words, playing, pinned }) => {
      slider.max = String(count);
      slider.value = String(position + 1);
      slider.setAttribute("aria-valuetext", words);
      slider.style.setProperty("--done", `${count === 0 ? 0 : ((position + 1) / count) * 100}%`);
      where.textContent = `${position + 1} / ${count}`;
      toggle(back, position < 0);
      toggle(forward, position >= count - 1);
      toggle(play, count === 0);
      play.classList.toggle("playing", playing);
      play.setAttribute("aria-label", playing ? texts.pause : texts.play);
      play.title = playing ? texts.pause : texts.play;
      unpin.hidden = !pinned;
    },
  };
}

function toggle(button: HTMLElement, disabled: boolean): void {
  if (button instanceof HTMLButtonElement) button.disabled = disabled;
}
