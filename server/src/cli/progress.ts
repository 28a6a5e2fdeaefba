/** A line on the terminal that says how far a long run is, and is gone at its end. */
import type { Io } from "./io.ts";
import { cliTexts } from "./texts.ts";

interface Progress {
  /** So many are done. */
  readonly show: (done: number) => void;
  readonly end: () => void;
}

/** Fewer files are done before one could read it. */
const MANY = 100;

/** Milliseconds from one line to the next. */
const PACE = 80;

/** The line about `total` files; says nothing where they are few, or where nobody looks. */
export function progressOf(total: number, { showProgress, locale }: Pick<Io, "showProgress" | "locale">): Progress {
  if (showProgress === undefined || total < MANY) return { show: () => {}, end: () => {} };
  const texts = cliTexts(locale);
  let last = Number.NEGATIVE_INFINITY;
  return {
    show: (done) => {
      const now = performance.now();
      if (now - last < PACE) return;
      last = now;
      showProgress(texts.progress(done, total));
    },
    end: () => showProgress(""),
  };
}
