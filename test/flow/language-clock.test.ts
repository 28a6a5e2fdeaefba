/** Time: lines in order, lines at a time, waiting. */
import { describe, expect, test } from "vitest";
import { allFindings, findings } from "../support/flows.ts";

const CLOSE = `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`;

describe("arrivals", () => {
  test("a line without a time waits until what was sent before has arrived", () => {
    const text = `set latency = 40ms
client -> server: FIN+ACK seq=u ack=v
server is CLOSE-WAIT
server -> client: ACK seq=v ack=u+1
client is FIN-WAIT-2
`;
    expect(findings(text)).toEqual([]);
  });

  test("a line at a time finds only what is due by then", () => {
    const text = `set latency = 40ms
@0ms client -> server: FIN+ACK seq=u ack=v
@39ms server is ESTABLISHED
@40ms server is CLOSE-WAIT
`;
    expect(findings(text)).toEqual([]);
  });

  test("@+ counts from the line before", () => {
    const text = `set latency = 40ms
@10ms client -> server: FIN+ACK seq=u ack=v
@+39ms server is ESTABLISHED
@+1ms server is CLOSE-WAIT
`;
    expect(findings(text)).toEqual([]);
  });

  test("two segments cross when the second leaves before the first arrives", () => {
    const text = `set latency = 40ms
@0ms client -> server: FIN+ACK seq=100 ack=300
@10ms server -> client: FIN+ACK seq=300 ack=100
@60ms client -> server: ACK seq=101 ack=301
@+0ms server -> client: ACK seq=301 ack=101
@100ms client is TIME-WAIT, server is TIME-WAIT
`;
    expect(findings(text)).toEqual([]);
  });

  test("at equal times, the order of the text decides", () => {
    const text = `set latency = 40ms
@0ms client -> server: FIN+ACK seq=u ack=v
@40ms server -> client: ACK seq=v ack=u+1
`;
    expect(findings(text)).toEqual([]);
  });

  test("a segment may take its own time", () => {
    const text = `set latency = 40ms
@0ms client -> server: PSH+ACK seq=100 ack=300 len=10 takes 100ms
@10ms client -> server: PSH+ACK seq=110 ack=300 len=10
@50ms server -> client: ACK seq=300 ack=100
@100ms server -> client: ACK seq=300 ack=120
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("a window of segments crosses its acknowledgments", () => {
    const text = `set latency = 40ms
@0ms client -> server: ACK seq=1 ack=1 len=1000
@1ms client -> server: ACK seq=1001 ack=1 len=1000
@2ms client -> server: ACK seq=2001 ack=1 len=1000
@40ms server -> client: ACK seq=1 ack=1001
@41ms server -> client: ACK seq=1 ack=2001
@42ms server -> client: ACK seq=1 ack=3001
@90ms client is ESTABLISHED with snd.una=3001
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("late segments ignore the clock", () => {
    const text = `set latency = 40ms
client ~> server: FIN+ACK seq=u ack=v as fin
wait 1min
server is ESTABLISHED
fin arrives
server is CLOSE-WAIT
`;
    expect(findings(text)).toEqual([]);
  });
});

describe("waiting", () => {
  test("moves the clock; then only what is due has arrived", () => {
    const text = `set latency = 40ms
client -> server: FIN+ACK seq=u ack=v
wait 30ms
server is ESTABLISHED
wait 10ms
server is CLOSE-WAIT
`;
    expect(findings(text)).toEqual([]);
  });

  test("an RTT is twice the latency", () => {
    const text = `set latency = 40ms
@0ms client -> server: FIN+ACK seq=u ack=v
@40ms server -> client: ACK seq=v ack=u+1
wait 39ms
client is FIN-WAIT-1
wait RTT
client is FIN-WAIT-2
`;
    expect(findings(text)).toEqual([]);
  });

  test("2MSL of it end TIME-WAIT", () => {
    expect(findings(`${CLOSE}wait 239s\nclient is TIME-WAIT\nwait 1s\nclient is CLOSED\n`)).toEqual([]);
  });

  test("with the MSL that the flow sets", () => {
    expect(findings(`set msl = 30s\n${CLOSE}wait 59s\nclient is TIME-WAIT\nwait 1s\nclient is CLOSED\n`)).toEqual([]);
  });

  test("or the timer fires where the flow says so", () => {
    expect(findings(`${CLOSE}client timeout time-wait\nclient is CLOSED\n`)).toEqual([]);
  });

  test("a repeated FIN starts the 2MSL anew", () => {
    const text = `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -x server: ACK seq=u+1 ack=v+1
wait 200s
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
wait 200s
client is TIME-WAIT
wait 40s
client is CLOSED
`;
    expect(findings(text)).toEqual([]);
  });

  test("the clock never runs backwards", () => {
    const text = `@20ms client -> server: SYN seq=x
@10ms server -> client: SYN+ACK seq=y ack=x+1
`;
    expect(findings(text)).toEqual(["time-goes-back @ @10ms"]);
  });
});
