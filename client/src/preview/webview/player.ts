/** Going through a flow step by step: it follows the cursor until a step is pinned, by a click, a key or by playing. */
import type { Steps } from "../../../../server/src/ladder/steps.ts";
import type { ScriptTexts } from "../../../../server/src/page/texts.ts";
import { element, isMotionReduced } from "./dom.ts";
import { type Moments, momentsOf, positionOfLine, positionOfSegment, stepAt } from "./moments.ts";
import { createPanel } from "./panel.ts";
import { createSentences } from "./sentences.ts";
import { createStage } from "./stage.ts";
import { createTransport } from "./transport.ts";

export interface Player {
  /** The picture is drawn, or drawn anew. */
  load(steps: Steps): void;
  /** The cursor stands in a line (from 0) of the flow. */
  follow(line: number): void;
  /** An arrow is pointed at, or none any more. */
  point(segment: number | undefined): void;
  pinSegment(segment: number): void;
  pin(position: number | undefined): void;
  toggle(): void;
  readonly pinned: number | undefined;
  /** The line (from 0) of the flow that is shown. */
  readonly line: number | undefined;
}

/** Milliseconds that a step is left to be seen while it plays; more where nothing travels. */
const PAUSE = 450;
const STILL_PAUSE = 1100;

const NO_STEPS: Steps = {
  variables: [],
  names: {},
  ends: [],
  views: [],
  segments: [],
  steps: [],
  blanks: {},
  bindings: [],
};

export interface PlayerHost {
  svg(): SVGSVGElement | undefined;
  /** Brings a place of the picture, in its own pixels, into sight. */
  scroll(y: number): void;
  /** Another step is pinned, or none. */
  changed(): void;
}

export function createPlayer(texts: ScriptTexts, host: PlayerHost): Player {
  let moments: Moments = momentsOf(NO_STEPS);
  let line: number | undefined;
  let pinned: number | undefined;
  let pointed: number | undefined;
  let playing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const panel = createPanel(texts);
  const sentences = createSentences(element("sentences"));
  const stage = createStage(host.svg, host.scroll);

  /** Where the flow stands when nothing is pinned: at the cursor, else at its end. */
  const followed = () => (line === undefined ? moments.acts.length - 1 : positionOfLine(moments, line));
  const clamp = (position: number) => Math.max(-1, Math.min(moments.acts.length - 1, position));

  const show = (travel: boolean, arrived?: () => void) => {
    const position = pinned ?? followed();
    panel.show(moments, pointed ?? position);
    sentences.mark(moments, position);
    const words = stepAt(moments, position)?.words ?? texts.start;
    transport.show({ position, count: moments.acts.length, words, playing, pinned: pinned !== undefined });
    stage.show(pinned, travel, arrived);
  };

  const stop = () => {
    playing = false;
    clearTimeout(timer);
  };

  const goTo = (position: number | undefined, travel: boolean, arrived?: () => void) => {
    pinned = position === undefined ? undefined : clamp(position);
    // Where the pointer rests tells no more than a key or a click.
    pointed = undefined;
    show(travel, arrived);
    host.changed();
  };

  const next = () => {
    const position = (pinned ?? -1) + 1;
    if (position >= moments.acts.length) {
      stop();
      return show(false);
    }
    goTo(position, true, () => {
      const isStill = isMotionReduced() || stepAt(moments, position)?.segment === undefined;
      // What has just left travels on at once.
      const leaves = stepAt(moments, position)?.kind === "send";
      if (playing) timer = setTimeout(next, isStill ? STILL_PAUSE : leaves ? 0 : PAUSE);
    });
  };

  const toggle = () => {
    if (playing) {
      stop();
      return show(false);
    }
    if (pinned === undefined || pinned >= moments.acts.length - 1) pinned = -1;
    playing = true;
    next();
  };

  const pin = (position: number | undefined) => {
    stop();
    goTo(position, false);
  };

  const transport = createTransport(texts, {
    play: toggle,
    step: (by) => {
      stop();
      const from = pinned ?? followed();
      goTo(from + by, by > 0 && from + by < moments.acts.length);
    },
    goTo: pin,
    unpin: () => pin(undefined),
  });

  return {
    load: (steps) => {
      stop();
      moments = momentsOf(steps);
      stage.load(moments);
      sentences.load(steps);
      pointed = undefined;
      if (pinned !== undefined) pinned = clamp(pinned);
      show(false);
    },
    follow: (at) => {
      line = at;
      if (pinned === undefined) show(false);
    },
    point: (segment) => {
      const position = segment === undefined ? undefined : positionOfSegment(moments, segment);
      if (position === pointed) return;
      pointed = position;
      panel.show(moments, pointed ?? pinned ?? followed());
    },
    pinSegment: (segment) => {
      const position = positionOfSegment(moments, segment);
      if (position !== undefined) pin(position);
    },
    pin,
    toggle,
    get pinned() {
      return pinned;
    },
    get line() {
      return stepAt(moments, pinned ?? followed())?.line;
    },
  };
}
