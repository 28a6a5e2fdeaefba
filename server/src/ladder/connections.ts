/** Names that tell the connections of one lane apart. */
import type { End, Replay } from "../flow/replay-types.ts";
import { printable } from "./printable.ts";

export interface ConnectionNames {
  /** By end; nothing where it is the only one of its lane. */
  readonly endNames: readonly (string | undefined)[];
  /** By connection: the port that its arrows show, where a lane has several. */
  readonly ports: readonly (string | undefined)[];
}

/** Own ports where they differ, else the peer's ports, else the peer's name. */
export function connectionNames(replay: Replay): ConnectionNames {
  const endNames: (string | undefined)[] = replay.ends.map(() => undefined);
  const ports: (string | undefined)[] = [];
  for (const ends of endsByLane(replay).values()) {
    if (ends.length < 2) continue;
    const own = new Set(ends.map(({ end }) => end.self.port)).size > 1;
    for (const { index, end } of ends) {
      const port = own ? end.self.port : end.peer.port;
      const name = port === undefined ? replay.flow.endpoints[end.peer.endpoint]?.name : `:${port}`;
      endNames[index] = printable(name ?? "");
      if (port !== undefined) ports[end.connection] ??= `:${port}`;
    }
  }
  return { endNames, ports };
}

function endsByLane(replay: Replay): Map<number, { index: number; end: End }[]> {
  const lanes = new Map<number, { index: number; end: End }[]>();
  for (const [index, end] of replay.ends.entries()) {
    const lane = lanes.get(end.self.endpoint) ?? [];
    lane.push({ index, end });
    lanes.set(end.self.endpoint, lane);
  }
  return lanes;
}
