/** Which connection a statement about one endpoint means. */
import type { Segment, Side, Socket } from "./flow.ts";
import type { Statement, Subject } from "./statements.ts";

/**
 * The connection of the endpoint's nearest earlier segment, else of its nearest later one; only
 * those with the port or the peer that the statement names. Linear in the statements.
 */
export function findSides(statements: readonly Statement[]): ReadonlyMap<Subject, Side> {
  const sides = new Map<Subject, Side>();
  const latest = new Map<string, Side>();
  const waiting = new Map<string, Subject[]>();
  const subjects = statements.flatMap(subjectsOf);
  if (subjects.length === 0) return sides;
  const asked = new Set(subjects.map(({ self, towards }) => keyOf(self, towards)));

  const meet = (self: Socket, peer: Socket) => {
    const side: Side = { self, peer };
    for (const key of keysOf(self, peer)) {
      if (!asked.has(key)) continue;
      latest.set(key, side);
      for (const subject of waiting.get(key) ?? []) sides.set(subject, side);
      waiting.delete(key);
    }
  };
  const ask = (subject: Subject) => {
    const key = keyOf(subject.self, subject.towards);
    const side = latest.get(key);
    sides.set(subject, side ?? unseen(subject));
    if (side) return;
    const others = waiting.get(key);
    if (others) others.push(subject);
    else waiting.set(key, [subject]);
  };

  const walk = (body: readonly Statement[]) => {
    for (const statement of body) {
      if (statement.kind === "segment") meetSegment(statement.segment, meet);
      else if (statement.kind === "crossing" || statement.kind === "repeat") walk(statement.body);
      else for (const subject of subjectsOf(statement)) ask(subject);
    }
  };
  walk(statements);
  return sides;
}

const NONE: readonly Subject[] = [];

function subjectsOf(statement: Statement): readonly Subject[] {
  switch (statement.kind) {
    case "call":
    case "timeout":
      return [statement.subject];
    case "assert":
      return statement.claims.map(({ subject }) => subject);
    case "crossing":
    case "repeat":
      return statement.body.flatMap(subjectsOf);
    default:
      return NONE;
  }
}

/** A forged source has not sent the segment, so it is not its nearest one. */
function meetSegment({ from, to, forgedBy }: Segment, meet: (self: Socket, peer: Socket) => void): void {
  if (forgedBy === undefined) meet(from, to);
  meet(to, from);
}

function unseen({ self, towards }: Subject): Side {
  return towards ? { self, peer: towards } : { self };
}

function keyOf(self: Socket, peer: Socket | undefined): string {
  const me = self.port === undefined ? `${self.endpoint}` : `${self.endpoint}:${self.port}`;
  if (peer === undefined) return me;
  return peer.port === undefined ? `${me}>${peer.endpoint}` : `${me}>${peer.endpoint}:${peer.port}`;
}

/** Every way in which a statement can name this side. */
function keysOf(self: Socket, peer: Socket): string[] {
  const mine: Socket[] = self.port === undefined ? [self] : [self, { endpoint: self.endpoint }];
  const theirs: (Socket | undefined)[] =
    peer.port === undefined ? [undefined, peer] : [undefined, peer, { endpoint: peer.endpoint }];
  return mine.flatMap((me) => theirs.map((other) => keyOf(me, other)));
}
