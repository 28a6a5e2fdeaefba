import type { RulePage } from "./page.ts";

const OPEN = `client -> server: SYN seq=100 win=1000
server -> client: SYN+ACK seq=300 ack=101 win=1000
client -> server: ACK seq=101 ack=301 win=1000
`;

/** Rules about windows, segment sizes, options and resets that have no effect. */
export const LIMIT_PAGES = {
  "window-exceeded": {
    what: "The segment carries more data than the peer has offered to take.",
    why: "A window counts from the acknowledgment number that stands beside it: with ack=101 win=1000 the peer takes the numbers 101 to 1100. What lies beyond must wait for a window update. Only one octet may go further, as a probe of a closed window. Where no window is written nothing is judged.",
    rfc: "RFC 9293 §3.8.6",
    wrong: `${OPEN}client -> server: PSH+ACK seq=101 ack=301 len=1200 win=1000
`,
    right: `${OPEN}client -> server: PSH+ACK seq=101 ack=301 len=1000 win=1000
`,
  },
  "window-shrunk": {
    what: "The right edge of the window moves left: numbers that were offered before are taken back.",
    why: "The peer may already have sent what was offered. A receiver should let its window close only as data comes in, so that ack plus win never gets smaller. With a window scale the edge may lose less than one step of the scale.",
    rfc: "RFC 9293 §3.8.6",
    wrong: `${OPEN}client -> server: PSH+ACK seq=101 ack=301 len=100 win=1000
server -> client: ACK seq=301 ack=201 win=500
`,
    right: `${OPEN}client -> server: PSH+ACK seq=101 ack=301 len=100 win=1000
server -> client: ACK seq=301 ack=201 win=900
`,
  },
  "mss-exceeded": {
    what: "The segment carries more data than the peer's maximum segment size.",
    why: "Each end announces in its SYN how much data it takes in one segment. The two announcements are independent: each sender keeps to the other's, and nothing is negotiated to a common value.",
    rfc: "RFC 9293 §3.7.1",
    wrong: `client -> server: SYN seq=100 <mss 1460>
server -> client: SYN+ACK seq=300 ack=101 <mss 536>
client -> server: ACK seq=101 ack=301
client -> server: PSH+ACK seq=101 ack=301 len=1000
`,
    right: `client -> server: SYN seq=100 <mss 1460>
server -> client: SYN+ACK seq=300 ack=101 <mss 536>
client -> server: ACK seq=101 ack=301
client -> server: PSH+ACK seq=101 ack=301 len=536
`,
  },
  "option-not-allowed": {
    what: "An option stands on a segment that does not carry it, or answers one that was never offered.",
    why: "MSS, window scale, SACK-permitted and a Fast Open cookie stand on SYN segments only; elsewhere they are ignored. A SYN+ACK has window scale and timestamps only if the SYN had them. SACK goes only to an end whose SYN has permitted it, and a window is shifted by 14 at most.",
    rfc: "RFC 9293 §3.2",
    wrong: `client -> server: SYN seq=100 <mss 1460>
server -> client: SYN+ACK seq=300 ack=101 <mss 1460, wscale 7>
client -> server: ACK seq=101 ack=301
`,
    right: `client -> server: SYN seq=100 <mss 1460, wscale 7>
server -> client: SYN+ACK seq=300 ack=101 <mss 1460, wscale 7>
client -> server: ACK seq=101 ack=301
`,
  },
  "wrong-sack": {
    what: "A SACK block names octets that the receiver does not hold.",
    why: "A block says what has arrived above a hole: its left edge is the first octet held, its right edge is one past the last. Blocks lie above the acknowledgment number. Only the first block may lie below it: then it reports a duplicate.",
    rfc: "RFC 2018 §4",
    wrong: `client -> server: SYN seq=100 <sackOK>
server -> client: SYN+ACK seq=300 ack=101 <sackOK>
client -> server: ACK seq=101 ack=301
client -x server: PSH+ACK seq=101 ack=301 len=100
client -> server: PSH+ACK seq=201 ack=301 len=100
server -> client: ACK seq=301 ack=101 <sack 201:300>
`,
    right: `client -> server: SYN seq=100 <sackOK>
server -> client: SYN+ACK seq=300 ack=101 <sackOK>
client -> server: ACK seq=101 ack=301
client -x server: PSH+ACK seq=101 ack=301 len=100
client -> server: PSH+ACK seq=201 ack=301 len=100
server -> client: ACK seq=301 ack=101 <sack 201:301>
`,
  },
  "wrong-timestamp": {
    what: "A timestamp echoes one that never arrived, runs back, or is missing although both SYNs agreed on timestamps.",
    why: "TSval is the sender's clock and never runs back; TSecr repeats a TSval that has arrived from the peer. Once both SYNs carried timestamps, every segment but a reset has them.",
    rfc: "RFC 7323 §3.2",
    wrong: `client -> server: SYN seq=100 <TS val 10 ecr 0>
server -> client: SYN+ACK seq=300 ack=101 <TS val 70 ecr 10>
client -> server: ACK seq=101 ack=301 <TS val 11 ecr 75>
`,
    right: `client -> server: SYN seq=100 <TS val 10 ecr 0>
server -> client: SYN+ACK seq=300 ack=101 <TS val 70 ecr 10>
client -> server: ACK seq=101 ack=301 <TS val 11 ecr 70>
`,
  },
  "reset-ignored": {
    what: "The receiver ignores this reset, or challenges it.",
    why: "A reset counts only if its number is exactly the one that its receiver expects next. A reset elsewhere in the window draws a challenge ACK, and one outside of it is dropped, so that nobody can end a connection by guessing. In SYN-SENT a reset must acknowledge the SYN.",
    rfc: "RFC 5961 §3.2",
    wrong: `client -x server: PSH+ACK seq=100 ack=300 len=50
client -> server: RST seq=150
`,
    right: `client -> server: PSH+ACK seq=100 ack=300 len=50
client -> server: RST seq=150
`,
  },
  "syn-data": {
    what: "The SYN carries data.",
    why: "That is legal: the data is kept until the connection is open, and any part of it may be acknowledged with the SYN. But ordinary stacks do it only with Fast Open, so it surprises readers.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: SYN seq=100 len=5
server -> client: SYN+ACK seq=300 ack=106
client -> server: ACK seq=106 ack=301
`,
    right: `client -> server: SYN seq=100 len=5 <FO cookie>
server -> client: SYN+ACK seq=300 ack=106
client -> server: ACK seq=106 ack=301
`,
  },
} as const satisfies Record<string, RulePage>;
