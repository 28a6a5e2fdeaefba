import type { RulePage } from "./page.ts";

/** Rules about the text of a flow, whatever TCP says. */
export const TEXT_PAGES = {
  syntax: {
    what: "The line cannot be read.",
    why: "Every statement stands on a line of its own and begins with an endpoint or a keyword. The rest of the flow is read and judged as if the line were as complete as it can be, so one half-written line costs no other.",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "unknown-name": {
    what: "Nothing in the flow has this name: no endpoint, no segment named with as, no such state, call, timer, setting or rule.",
    why: "A flow that declares fewer than two endpoints takes the missing ones from its first segment. From then on a new name is far more often a slip than a third party, so it must be declared.",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
cleint -> server: ACK seq=x+1 ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "duplicate-name": {
    what: "The name is given twice.",
    why: "An endpoint is one lifeline of the picture and a segment name means one segment: with two of them, every later mention could mean either.",
    wrong: `endpoint client, server, client
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
    right: `endpoint client, server
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "unrelated-number": {
    what: "The number cannot be compared with the numbers of its direction: one is written with a symbol, the other without, and nothing says how they relate.",
    why: "Whether x is 100 is the author's secret until the flow says so. Stay with letters or with figures in one direction, or give the symbol its value with let.",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=101
client -> server: ACK seq=x+1 ack=y+1
`,
    right: `let x = 100
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=101
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "time-goes-back": {
    what: "The line is put at a time before the line above it.",
    why: "A flow happens in the order in which it is written, and its clock only runs forward.",
    wrong: `@0ms client -> server: SYN seq=x
@40ms server -> client: SYN+ACK seq=y ack=x+1
@20ms client -> server: ACK seq=x+1 ack=y+1
`,
    right: `@0ms client -> server: SYN seq=x
@40ms server -> client: SYN+ACK seq=y ack=x+1
@80ms client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "unmet-expectation": {
    what: "The line is marked with @expect, but the expected finding does not appear on it.",
    why: "A mistake that is shown on purpose must stay a mistake: when somebody mends the line, or the rule changes, the text around it becomes wrong. So the mark fails where nothing is found.",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
@expect(wrong-seq)
client -> server: ACK seq=x+1 ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
@expect(wrong-seq)
client -> server: ACK seq=z ack=y+1
`,
  },
  "unused-allow": {
    what: "The line is marked with @allow, but there is nothing on it to allow.",
    why: "A mark that silences nothing today would hide a real mistake tomorrow.",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
@allow(wrong-ack)
client -> server: ACK seq=x+1 ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
} as const satisfies Record<string, RulePage>;
