import type { RulePage } from "./page.ts";

/** Rules about the kind of a segment: its flags, and whether its sender may send it now. */
export const SEGMENT_PAGES = {
  "illegal-segment": {
    what: "A TCP in this state does not send such a segment.",
    why: "What an endpoint may send depends on its state. A SYN belongs to the opening and is over once it is acknowledged; data waits until the connection is established; a FIN needs a stream that is still open; and an endpoint without a connection answers with a reset or not at all.",
    rfc: "RFC 9293 §3.10",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: SYN+ACK seq=x+1 ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "illegal-flags": {
    what: "These flags never stand together, or there is no flag at all.",
    why: "SYN opens a stream and FIN ends it, so one segment that does both is dropped by nearly every receiver. A reset throws the connection away and has nothing to open or close. And since every segment but the first SYN acknowledges something, a segment without any flag is nothing that a TCP sends.",
    rfc: "RFC 9293 §3.1",
    wrong: `client -> server: SYN+FIN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "missing-ack-flag": {
    what: "The segment lacks the ACK flag. Every segment after the opening SYN carries it, the FIN too; only a reset may go without.",
    why: "Once an endpoint has heard its peer's SYN it always knows the number it expects next, and it costs nothing to say so. A receiver checks the ACK flag before it looks at data or FIN and drops a segment without it. So a bare FIN, as many drawings have it, would close nothing.",
    rfc: "RFC 9293 §3.10.7.4",
    wrong: `client -> server: FIN seq=u
server -> client: ACK seq=v ack=u+1
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`,
    right: `client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`,
  },
  "ack-without-flag": {
    what: "An acknowledgment number is written on a segment whose ACK flag is off.",
    why: "The flag says whether the number means anything. The SYN that opens a connection cannot acknowledge: nothing has been heard from the other side yet. So its ACK flag is off and the receiver ignores the field.",
    rfc: "RFC 9293 §3.1",
    wrong: `client -> server: SYN seq=100 ack=300
server -> client: SYN+ACK seq=300 ack=101
client -> server: ACK seq=101 ack=301
`,
    right: `client -> server: SYN seq=100
server -> client: SYN+ACK seq=300 ack=101
client -> server: ACK seq=101 ack=301
`,
  },
  "data-after-fin": {
    what: "The segment carries new data although its sender has already sent its FIN.",
    why: "A FIN is the last number of its sender's stream: it promises that nothing follows. Afterwards the endpoint may still acknowledge what it receives and retransmit what was lost, but never send a new octet. The other direction is not touched by this and may go on for as long as it likes.",
    rfc: "RFC 9293 §3.6",
    wrong: `client -> server: FIN+ACK seq=100 ack=300
server -> client: ACK seq=300 ack=101
client -> server: PSH+ACK seq=101 ack=300 len=10
`,
    right: `client -> server: PSH+ACK seq=100 ack=300 len=10
server -> client: ACK seq=300 ack=110
client -> server: FIN+ACK seq=110 ack=300
server -> client: ACK seq=300 ack=111
`,
  },
  "unneeded-retransmission": {
    what: "Everything in this retransmission was already acknowledged to its sender.",
    why: "A sender keeps octets until they are acknowledged and then forgets them; it could not send them again if it wanted to. A retransmission makes sense only for what is still unacknowledged. If the acknowledgment was lost or had not arrived yet, draw it so.",
    rfc: "RFC 9293 §3.8.1",
    wrong: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1101
client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1101
`,
    right: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -x client: ACK seq=5001 ack=1101
client timeout retransmission
client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1101
`,
  },
} as const satisfies Record<string, RulePage>;
