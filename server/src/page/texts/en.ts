/** What a page says in which a flow is stepped through, in English. */

export const EN = {
  ladder: "Ladder diagram",
  sentences: "The exchange in sentences",
  panel: "State of both ends",
  network: "In the network",
  states: "States",
  zoom: "Zoom",
  zoomOut: "Zoom out",
  zoomFit: "Fit to the width",
  zoomIn: "Zoom in",
  transport: "Step through",
  stepBack: "Step back",
  stepForward: "Step forward",
  step: "Step",
  unpin: "Unpin (Escape)",
  exercise: "Blanks",
  showAnswers: "Show answers",
  startOver: "Start over",

  /** What the page's own script says; `{0}` and so on stand for what is filled in. */
  script: {
    stepOf: "Step {0} of {1}",
    start: "Before the first step",
    state: "State",
    held: "Out of order",
    nothing: "Nothing",
    unknown: "–",
    blank: "?",
    before: "Before: {0}",
    diagram: "State diagram of {0}; its way so far: {1}",
    play: "Play (Space)",
    pause: "Pause (Space)",
    noMermaid: "The flow cannot be drawn by Mermaid",
    rightAnswer: "Right: {0}",
    wrongAnswer: "Not {0}",
    noNumber: "{0} is no number such as 1001 or x+1",
    noState: "{0} is no state of TCP",
    solved: "{0} of {1} right",
    allSolved: "All {0} right",
  },
};

/** What a page says; what one language has, all have. */
export type PageTexts = typeof EN;
