/** The menu in which the reader chooses what the picture shows. */
import type { PictureOptions } from "../../../../server/src/editor/picture-request.ts";
import { element } from "./dom.ts";

/** Puts the choices into the menu and tells of every change. */
export function createSwitches(chosen: PictureOptions, changed: (options: PictureOptions) => void): void {
  const form = element("options").querySelector("form");
  if (form === null) return;
  setRadio(form, "numbers", chosen.numbers ?? "written");
  setRadio(form, "states", chosen.states ?? "rfc");
  setRadio(form, "time", chosen.time ?? "even");
  setCheck(form, "classes", chosen.classes ?? true);
  setCheck(form, "answers", chosen.answers ?? false);
  form.addEventListener("change", () => changed(optionsOf(new FormData(form))));
  form.addEventListener("submit", (event) => event.preventDefault());
}

function optionsOf(data: FormData): PictureOptions {
  const numbers = data.get("numbers");
  return {
    numbers: numbers === "relative" || numbers === "absolute" ? numbers : "written",
    states: data.get("states") === "netstat" ? "netstat" : "rfc",
    time: data.get("time") === "scale" ? "scale" : "even",
    classes: data.has("classes"),
    answers: data.has("answers"),
  };
}

function setRadio(form: HTMLFormElement, name: string, value: string): void {
  for (const input of form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
    input.checked = input.value === value;
}

function setCheck(form: HTMLFormElement, name: string, checked: boolean): void {
  for (const input of form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) input.checked = checked;
}

/** Menus close when something else is chosen, and by Escape. */
export function closeMenus(): void {
  const menus = [...document.querySelectorAll<HTMLDetailsElement>("details.menu")];
  addEventListener("pointerdown", ({ target }) => {
    for (const menu of menus) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  });
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  }
}
