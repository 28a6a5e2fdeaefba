/** Captures as texts, in memory: what `convert` makes of a file. */
import type { Judged } from "../../server/src/flow/capture.ts";
import { socketText } from "../../server/src/flow/capture-address.ts";
import { tellCapture } from "../../server/src/flow/drawn-capture.ts";
import type { Numbers } from "../../server/src/flow/drawn-numbers.ts";
import { type DrawnConnection, recordOf } from "../../server/src/flow/drawn-record.ts";
import { write } from "../../server/src/language/write.ts";
import { checkPackets, type Packet } from "./captures.ts";

/** The text of all connections in a capture. */
export function textOf(packets: Iterable<Packet>, numbers: Numbers): string {
  const connections = new Map<number, DrawnConnection>();
  const onSegment = (judged: Judged): void => {
    const { connection: number, vantage, segment, from } = judged;
    const sockets = (["source", "destination"] as const).map((which) => {
      const [, address = "", port = ""] = /^(.*):(\d+)$/u.exec(socketText(segment, which)) ?? [];
      return { address, port: Number(port) };
    });
    const [one, two] = from === 0 ? sockets : sockets.toReversed();
    if (!one || !two) throw new Error("a segment has two sockets");
    const known = connections.get(number) ?? { number, vantage, records: [], sockets: [one, two] };
    connections.set(number, known);
    known.vantage = vantage;
    known.records.push(recordOf(judged));
  };
  checkPackets(packets, { vantage: "auto", onSegment });
  return write(tellCapture([...connections.values()], { numbers }));
}
