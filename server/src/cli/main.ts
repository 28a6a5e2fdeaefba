import { parentPort, workerData } from "node:worker_threads";
import { CHECKING } from "./check-files.ts";
import { DRAWING } from "./draw-files.ts";
import { nodeIo } from "./node-io.ts";
import { main } from "./run.ts";
import { serve } from "./threads.ts";

async function run(): Promise<void> {
  if (parentPort === null) {
    process.exitCode = await main(process.argv.slice(2), nodeIo());
    // What is written is written: Node would still wait for code that is being compiled.
    if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
    return;
  }
  const port = parentPort;
  const send = (results: unknown) => port.postMessage(results);
  await serve(CHECKING, workerData, send);
  await serve(DRAWING, workerData, send);
}

run();
