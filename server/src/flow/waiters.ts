/** Whose retransmission timeout `wait RTO` means. */
import type { Statement } from "./statements.ts";

/** The endpoint whose retransmission timer is the next to fire behind a statement, if any is. */
export type Waiters = ReadonlyMap<Statement, number>;

export function findWaiters(statements: readonly Statement[]): Waiters {
  const waiters = new Map<Statement, number>();
  let endpoint: number | undefined;
  const walkBack = (body: readonly Statement[]) => {
    for (let i = body.length - 1; i >= 0; i--) {
      const statement = body[i];
      if (statement === undefined) continue;
      if (statement.kind === "crossing" || statement.kind === "repeat") walkBack(statement.body);
      else if (statement.kind === "timeout" && statement.timer === "retransmission")
        endpoint = statement.subject.self.endpoint;
      else if (statement.kind === "wait" && endpoint !== undefined) waiters.set(statement, endpoint);
    }
  };
  walkBack(statements);
  return waiters;
}
