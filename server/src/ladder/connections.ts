/** Names that tell the connections of one lane apart. */
import type { Replay } from "../flow/replay-types.ts";
import { printable } from "./printable.ts";

export interface ConnectionNames {
  /** By end; nothing where it is the only one of its lane. */
  readonly endNames: readonly (string | undefined)[];
  /** By connection: the port that its arrows show, where a lane has several. */
  readonly ports: readonly (string | undefined)[];
}

/** Own ports where they differ, else the peer's ports, else the peer's name. */
export function connectionNames(replay: Replay): ConnectionNames {
  const byLane = new Map<number, number[]>();
  for (const [index, end] of replay.ends.entries()) {
    const list = byLane.get(end.self.endpoint);
    if (list) list.push(index);
    else byLane.set(end.self.endpoint, [index]);
  }
  const endNames: (string | undefined)[] = replay.ends.map(() => undefined);
  const ports: (string | undefined)[] = [];
  for (const ends of byLane.values()) {
    if (ends.length < 2) continue;
    const own = new Set(ends.map((end) => replay.ends[end]?.self.port));
    for (const index of ends) {
      const end = replay.ends[index];
      if (end === undefined) continue;
      const port = own.size > 1 ? end.self.port : end.peer.port;
      const name = port === undefined ? replay.flow.endpoints[end.peer.endpoint]?.name : `:${port}`;
      endNames[index] = printable(name ?? "");
      if (port !== undefined) ports[end.connection] ??= `:${port}`;
    }
  }
  return { endNames, ports };
}
