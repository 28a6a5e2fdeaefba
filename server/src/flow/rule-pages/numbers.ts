import type { RulePage } from "./page.ts";

/** Rules about sequence and acknowledgment numbers. */
export const NUMBER_PAGES = {
  "wrong-seq": {
    what: "The sequence number is neither the next number of its sender's stream nor a retransmission, a keep-alive or a probe.",
    why: "Only the first number of a stream is chosen freely. From then on each number follows from what was sent: SYN and FIN count one, every octet of data counts one, a pure ACK counts nothing. A new letter here hides that the number is already known. A receiver accepts a whole window of numbers, so it would not notice; the sender is the one that must get it right.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=z ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "wrong-ack": {
    what: "The acknowledgment number is not the number that its sender expects next.",
    why: "An acknowledgment names the next octet its sender is waiting for, so it follows from what has arrived: it is never chosen. Whatever has come in without a gap, SYN and FIN included, is counted; the next number is what stands in the segment.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=z
client -> server: ACK seq=x+1 ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "borrowed-number": {
    what: "An initial sequence number is written under the peer's symbol.",
    why: "Each direction counts for itself from a first number that its own sender picks at random. A server that answers with seq=x+1 would have to have picked, by chance, just the number after the client's. It is more likely that seq and ack were mixed up.",
    rfc: "RFC 9293 §3.4.1",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=x+1 ack=x+1
client -> server: ACK seq=x+1 ack=x+2
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "stale-ack": {
    what: "The acknowledgment number is older than what the sender of this segment has received.",
    why: "A segment always carries the newest acknowledgment. A delayed acknowledgment is one that is not sent yet; it is never an old number in a segment that is sent anyway. If the segments crossed on the way, say so with a crossing block or a slow arrow: then the old number is right.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: PSH+ACK seq=5001 ack=1001 len=50
client -> server: ACK seq=1101 ack=5051
`,
    right: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: PSH+ACK seq=5001 ack=1101 len=50
client -> server: ACK seq=1101 ack=5051
`,
  },
  "syn-not-counted": {
    what: "The number is right but for the one that the SYN consumes.",
    why: "A SYN has no data, yet it takes one number of its stream, so that it can be acknowledged and retransmitted like an octet. After SYN seq=x the next number is x+1: the peer acknowledges x+1 and the sender goes on at x+1. An ack of x would say that the SYN never came.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`,
  },
  "fin-not-counted": {
    what: "The number is right but for the one that the FIN consumes.",
    why: "A FIN takes one number behind the last octet of data, so that its arrival can be told apart from the arrival of that octet. After FIN seq=u the peer acknowledges u+1, and whatever its sender still sends has seq=u+1. With ack=u the closer would stay in FIN-WAIT-1 and send its FIN again.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`,
    right: `client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`,
  },
  "length-not-counted": {
    what: "The number is right but for the length of the data: it names the last octet instead of the next one, or counts segments instead of octets.",
    why: "TCP numbers octets. A segment of 100 octets at 1001 holds 1001 to 1100, so both the acknowledgment and the next sequence number are 1101. The acknowledgment names the octet that is wanted next, not the one that came last.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1100
`,
    right: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1101
`,
  },
  "ack-counted": {
    what: "A pure acknowledgment was taken to consume a sequence number.",
    why: "Only SYN, FIN and data take numbers. A segment that does nothing but acknowledge has length 0, so the next segment of the same sender has the same sequence number, and the peer has nothing in it to acknowledge.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
client -> server: PSH+ACK seq=x+2 ack=y+1 len=100
`,
    right: `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
client -> server: PSH+ACK seq=x+1 ack=y+1 len=100
`,
  },
  "ack-of-unsent": {
    what: "The segment acknowledges octets that the peer has never sent.",
    why: "An endpoint can only wait for the octet behind the last one it received, and it cannot have received what was never sent. A TCP that meets such an acknowledgment drops the segment.",
    rfc: "RFC 9293 §3.10.7.4",
    wrong: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1201
`,
    right: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1101
`,
  },
  "ack-of-undelivered": {
    what: "The segment acknowledges octets that were sent but have not reached its sender: they were lost, are still under way, or lie above a hole.",
    why: "An acknowledgment is cumulative: it says that everything below its number has arrived. A lost segment leaves a hole, and whatever arrives above the hole is kept but not acknowledged until the hole is filled.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -x server: PSH+ACK seq=1001 ack=5001 len=100
client -> server: PSH+ACK seq=1101 ack=5001 len=100
server -> client: ACK seq=5001 ack=1201
`,
    right: `client -x server: PSH+ACK seq=1001 ack=5001 len=100
client -> server: PSH+ACK seq=1101 ack=5001 len=100
server -> client: ACK seq=5001 ack=1001
`,
  },
  "unneeded-ack": {
    what: "The segment acknowledges again although nothing new has arrived.",
    why: "A TCP acknowledges what takes up sequence numbers, once. If it acknowledged acknowledgments, two endpoints would never stop. A repeated acknowledgment has a reason only when a segment came out of order or twice, or when the window changed.",
    rfc: "RFC 9293 §3.10.7.4",
    wrong: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1101
client -> server: ACK seq=1101 ack=5001
`,
    right: `client -> server: PSH+ACK seq=1001 ack=5001 len=100
server -> client: ACK seq=5001 ack=1101
`,
  },
  "undrawn-data": {
    what: "A new symbol stands where the number could be told: it is taken to mean that data flowed which the diagram does not draw.",
    why: "In many textbooks the second FIN has seq=w because the other side may have sent data since its last segment. That is right as long as its stream is open, so w is read as the expected number plus an unknown amount. Draw the data or write an elision to say it outright, or write the expected number if nothing was sent.",
    rfc: "RFC 9293 §3.4",
    wrong: `client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
server -> client: FIN+ACK seq=w ack=u+1
client -> server: ACK seq=u+1 ack=w+1
`,
    right: `client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
... "the rest of the data"
server -> client: FIN+ACK seq=w ack=u+1
client -> server: ACK seq=u+1 ack=w+1
`,
  },
} as const satisfies Record<string, RulePage>;
