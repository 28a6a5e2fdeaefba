/** Blanks as boxes to type into, each of which says whether its answer is right. */
import type { Steps } from "../../../../server/src/ladder/steps.ts";
import type { ScriptTexts } from "../../../../server/src/page/texts.ts";
import { judge, type Verdict } from "./answers.ts";
import { element, make, onClick } from "./dom.ts";
import { fill } from "./texts.ts";

const SVG = "http://www.w3.org/2000/svg";

interface Box {
  readonly frame: HTMLElement;
  readonly input: HTMLInputElement;
  readonly blank: Steps["blanks"][string];
  verdict: Verdict | undefined;
}

/**
 * Puts the boxes into the picture, from top to bottom.
 * @param solved told whether all of them are right, whenever that may have changed
 */
export function createBlanks(
  picture: SVGSVGElement,
  { blanks, bindings }: Steps,
  texts: ScriptTexts,
  solved: (all: boolean) => void,
): void {
  const verdict = element("verdict");
  const score = element("score");
  const boxes = placesOf(picture).flatMap(({ rect, key }): Box[] => {
    const blank = blanks[key];
    return blank === undefined ? [] : [boxIn(picture, rect, blank)];
  });

  const count = (list: readonly Box[]) => new Set(list.map(({ blank }) => blank)).size;
  const tell = () => {
    const right = count(boxes.filter((box) => box.verdict === "right"));
    const all = right === count(boxes);
    score.textContent = all ? fill(texts.allSolved, right) : fill(texts.solved, right, count(boxes));
    solved(all);
  };

  const show = (box: Box, found: Verdict | undefined) => {
    box.verdict = found;
    box.frame.classList.toggle("is-right", found === "right");
    box.frame.classList.toggle("is-wrong", found !== undefined && found !== "right");
    if (found === undefined) box.input.removeAttribute("aria-invalid");
    else box.input.setAttribute("aria-invalid", String(found !== "right"));
  };

  const check = (box: Box) => {
    const text = box.input.value.trim();
    const found = text === "" ? undefined : judge(box.blank, text, bindings);
    // A segment that arrives late is written twice, with the same blank.
    for (const same of boxes.filter(({ blank }) => blank === box.blank)) {
      same.input.value = box.input.value;
      show(same, found);
    }
    const unread = box.blank.kind === "number" ? texts.noNumber : texts.noState;
    const words = { right: texts.rightAnswer, wrong: texts.wrongAnswer, unread };
    verdict.textContent = found === undefined ? "" : fill(words[found], text);
    verdict.className = found ?? "";
    tell();
  };

  for (const [place, box] of boxes.entries()) {
    box.input.addEventListener("change", () => check(box));
    box.input.addEventListener("input", () => show(box, undefined));
    box.input.addEventListener("keydown", ({ key }) => {
      if (key !== "Enter") return;
      check(box);
      if (box.verdict !== "right") return;
      const next = [...boxes.slice(place + 1), ...boxes.slice(0, place)].find((other) => other.verdict !== "right");
      next?.input.focus();
    });
  }
  onClick("show-answers", () => {
    for (const box of boxes) {
      box.input.value = box.blank.answer;
      show(box, "right");
    }
    verdict.textContent = "";
    tell();
  });
  onClick("start-over", () => {
    for (const box of boxes) {
      box.input.value = "";
      show(box, undefined);
    }
    verdict.textContent = "";
    tell();
    boxes[0]?.input.focus();
  });
  tell();
}

/** The boxes of blanks, from top to bottom and from left to right. */
function placesOf(picture: SVGSVGElement): { rect: SVGRectElement; key: string }[] {
  const found = [...picture.querySelectorAll<SVGRectElement>("rect[data-blank]")].map((rect) => ({
    rect,
    key: rect.dataset.blank ?? "",
    place: rect.getBoundingClientRect(),
  }));
  return found.sort((a, b) => a.place.top - b.place.top || a.place.left - b.place.left);
}

/** A box over that of the picture, turned as that one is. */
function boxIn(picture: SVGSVGElement, rect: SVGRectElement, blank: Box["blank"]): Box {
  const input = make("input", "");
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("aria-label", blank.label);
  const frame = make("div", "answer", input);
  const holder = document.createElementNS(SVG, "foreignObject");
  for (const name of ["x", "y", "width", "height"]) holder.setAttribute(name, rect.getAttribute(name) ?? "0");
  const turned = document.createElementNS(SVG, "g");
  const way = picture
    .getScreenCTM()
    ?.inverse()
    .multiply(rect.getScreenCTM() ?? undefined);
  if (way) turned.setAttribute("transform", `matrix(${way.a} ${way.b} ${way.c} ${way.d} ${way.e} ${way.f})`);
  // Not turned itself: what is still to come is told by where it stands in the picture.
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", "input");
  holder.append(frame);
  turned.append(holder);
  group.append(turned);
  picture.append(group);
  rect.classList.add("unseen");
  return { frame, input, blank, verdict: undefined };
}
