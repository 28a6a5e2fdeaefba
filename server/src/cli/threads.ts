/** Work that threads share: each takes the next piece until there is none. */
import { Worker } from "node:worker_threads";
import type { Io } from "./io.ts";

/** A kind of work. Its orders, pieces and results are plain data, which goes from thread to thread. */
export interface Work<Order, Piece, Result> {
  /** The command that it is a part of: how a thread knows what it is for. */
  readonly name: string;
  /** Makes ready what does the pieces of an order. */
  readonly prepare: (order: Order) => Do<Piece, Result> | Promise<Do<Piece, Result>>;
}

type Do<Piece, Result> = (piece: Piece) => Result | Promise<Result>;

/** What a thread is started with. */
interface Task<Order, Piece> {
  readonly name: string;
  readonly order: Order;
  readonly pieces: readonly Piece[];
  /** One number: that of the next piece. */
  readonly next: SharedArrayBuffer;
}

/** A piece's number, and what came of it. */
type Done<Result> = readonly [number: number, result: Result];

/**
 * The cost for which a further thread is worth it: in octets of Markdown with flows that are checked meanwhile. It
 * takes long to become as fast as the first one, which leaves compiling and collecting garbage to the other cores.
 */
const SHARE = 2_000_000;

/**
 * The results in the order of the pieces; one thread or many give the same. `onProgress` is told how many pieces have
 * been taken. Rejects where a thread breaks down.
 * @param cost of all pieces, as that of `SHARE`
 */
export async function share<Order, Piece, Result>(
  work: Work<Order, Piece, Result>,
  { order, pieces, cost }: { readonly order: Order; readonly pieces: readonly Piece[]; readonly cost: number },
  { threads, starter }: Pick<Io, "threads" | "starter">,
  onProgress: (taken: number) => void,
): Promise<Result[]> {
  const task: Task<Order, Piece> = { name: work.name, order, pieces, next: new SharedArrayBuffer(4) };
  const results: Result[] = [];
  const book = (batch: readonly Done<Result>[]) => {
    for (const [number, result] of batch) results[number] = result;
  };
  const helpers = Math.max(0, Math.min(threads, pieces.length, Math.floor(cost / SHARE)) - 1);
  const others = Promise.all(Array.from({ length: helpers }, () => startThread(starter, task, book)));
  // One that breaks down while this thread is busy is told of below.
  others.catch(() => {});
  await takePieces(work, task, (done, taken) => {
    book([done]);
    onProgress(taken);
  });
  await others;
  return results;
}

function startThread<Order, Piece, Result>(
  starter: string,
  workerData: Task<Order, Piece>,
  book: (batch: readonly Done<Result>[]) => void,
): Promise<void> {
  const worker = new Worker(new URL(starter), { workerData });
  worker.on("message", book);
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}

/** Results that are sent at once. */
const BATCH = 32;

/** Does a thread's part, if `data` is what one was started with for this work. */
export async function serve<Order, Piece, Result>(
  work: Work<Order, Piece, Result>,
  data: unknown,
  send: (batch: readonly Done<Result>[]) => void,
): Promise<void> {
  if (!isTask<Order, Piece>(data, work.name)) return;
  let batch: Done<Result>[] = [];
  await takePieces(work, data, (done) => {
    batch.push(done);
    if (batch.length < BATCH) return;
    send(batch);
    batch = [];
  });
  if (batch.length > 0) send(batch);
}

function isTask<Order, Piece>(data: unknown, name: string): data is Task<Order, Piece> {
  return typeof data === "object" && data !== null && "name" in data && data.name === name;
}

async function takePieces<Order, Piece, Result>(
  work: Work<Order, Piece, Result>,
  { order, pieces, next }: Task<Order, Piece>,
  take: (done: Done<Result>, taken: number) => void,
): Promise<void> {
  const act = await work.prepare(order);
  const counter = new Int32Array(next);
  for (;;) {
    const number = Atomics.add(counter, 0, 1);
    const piece = pieces[number];
    if (piece === undefined) return;
    take([number, await act(piece)], Math.min(Atomics.load(counter, 0), pieces.length));
  }
}
