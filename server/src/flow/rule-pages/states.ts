import type { RulePage } from "./page.ts";

/** Rules about states, calls and time. */
export const STATE_PAGES = {
  "wrong-state": {
    what: "The asserted state or variable does not hold here.",
    why: "A state changes when its cause happens at that endpoint: a call, a segment sent, a segment received, a timer. An endpoint knows nothing of a segment that is lost or still under way. So FIN-WAIT-2 begins when the acknowledgment of the FIN arrives, not when the FIN leaves.",
    rfc: "RFC 9293 §3.3.2",
    wrong: `client -> server: FIN+ACK seq=u ack=v
client is FIN-WAIT-2
server -> client: ACK seq=v ack=u+1
`,
    right: `client -> server: FIN+ACK seq=u ack=v
client is FIN-WAIT-1
server -> client: ACK seq=v ack=u+1
client is FIN-WAIT-2
`,
  },
  "time-wait-too-short": {
    what: "The endpoint leaves TIME-WAIT, or its pair of ports is used again, before twice the maximum segment lifetime has passed.",
    why: "The endpoint that closed first keeps the connection for 2 MSL after its last acknowledgment. If that acknowledgment was lost, the peer's FIN comes again and must be answered; and old segments of this connection must die out before a new one uses the same numbers. Write wait 2MSL, or let the timer fire.",
    rfc: "RFC 9293 §3.6.1",
    wrong: `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
client is CLOSED
`,
    right: `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
client is TIME-WAIT
wait 2MSL
client is CLOSED
`,
  },
  "illegal-call": {
    what: "This user call fails in this state.",
    why: "A user who has closed a connection has said that nothing more will be sent, so TCP refuses further data from that side; receiving goes on. A call on a connection that does not exist fails too, and a second open of one that does.",
    rfc: "RFC 9293 §3.10",
    wrong: `client calls close
client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
client calls send 100
`,
    right: `client calls send 100
client -> server: PSH+ACK seq=u ack=v len=100
server -> client: ACK seq=v ack=u+100
client calls close
client -> server: FIN+ACK seq=u+100 ack=v
server -> client: ACK seq=v ack=u+101
`,
  },
  unfinished: {
    what: "The flow ends while something is still open: a connection half-open or half-closed, data without acknowledgment, or a segment in the network.",
    why: "Nothing is wrong with it: a diagram may stop anywhere. But often the last acknowledgment was simply forgotten. The hint says what is pending at the end.",
    rfc: "RFC 9293 §3.6",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "wrong-reset": {
    what: "A RST whose number or form no rule yields, one that answers a RST, or a segment that acknowledges a RST.",
    why: "A reset counts only with the exact number. The answer to a segment of no connection takes its number from that segment: `seq` is its acknowledgment number, or, where it has none, `seq=0` with ACK and `ack` behind everything that it carried. An abort sends SND.NXT. A RST carries no number of its own, ends the connection and is never answered.",
    rfc: "RFC 9293 §3.5.2",
    wrong: `client -> server: SYN seq=x
server -> client: RST seq=0
`,
    right: `client -> server: SYN seq=x
server -> client: RST+ACK seq=0 ack=x+1
`,
  },
} as const satisfies Record<string, RulePage>;
