import type { RulePage } from "./page.ts";

/** Rules about what is owed, and about time. */
export const TIMING_PAGES = {
  "missing-reply": {
    what: "A segment that must be answered is never answered, though the flow goes on.",
    why: "A listener answers every SYN with SYN+ACK, every FIN is acknowledged, also when it comes again in TIME-WAIT, and an endpoint without a connection answers what reaches it with a RST. If the answer was lost, draw it as lost. Delayed and duplicate acknowledgments of data are never asked for.",
    rfc: "RFC 9293 §3.10.7",
    wrong: `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -x server: ACK seq=u+1 ack=v+1
server timeout retransmission
server -> client: FIN+ACK seq=v ack=u+1
wait 2MSL
`,
    right: `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -x server: ACK seq=u+1 ack=v+1
server timeout retransmission
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
wait 2MSL
`,
  },
  "missing-probe": {
    what: "The peer's window is closed and data waits, but no probe is drawn though time goes on.",
    why: "The segment that opens the window again is a pure ACK, and pure ACKs may be lost without notice. So a sender with data behind a closed window probes it: first after one RTO, then at growing intervals. Without probes both ends might wait for ever.",
    rfc: "RFC 9293 §3.8.6.1",
    wrong: `client -> server: PSH+ACK seq=100 ack=300 len=50
server -> client: ACK seq=300 ack=150 win=0
client calls send 100
wait 10s
`,
    right: `client -> server: PSH+ACK seq=100 ack=300 len=50
server -> client: ACK seq=300 ack=150 win=0
client calls send 100
wait 1s
client timeout persist
client -> server: ACK seq=150 ack=300 len=1
server -> client: ACK seq=300 ack=150 win=0
`,
  },
  "unusual-timer": {
    what: "A time lies outside what the RFCs allow: of a keep-alive, a retransmission, a delayed acknowledgment, TIME-WAIT, or of a segment on its way.",
    why: "The RFCs say: keep-alives after two hours or more, a retransmission timeout of one second or more that doubles each time, acknowledgments delayed by less than 500 ms, TIME-WAIT for 2 MSL, no segment older than one MSL, a fast retransmission after three duplicate ACKs. Real systems differ in some of this, so it is only a remark. Nothing is said where a flow has no times.",
    rfc: "RFC 9293 §3.8",
    wrong: `client -x server: PSH+ACK seq=100 ack=300 len=50
@100ms client timeout retransmission
client -> server: PSH+ACK seq=100 ack=300 len=50
server -> client: ACK seq=300 ack=150
`,
    right: `client -x server: PSH+ACK seq=100 ack=300 len=50
@1s client timeout retransmission
client -> server: PSH+ACK seq=100 ack=300 len=50
server -> client: ACK seq=300 ack=150
`,
  },
} as const satisfies Record<string, RulePage>;
