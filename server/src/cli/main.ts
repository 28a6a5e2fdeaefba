import { parentPort, workerData } from "node:worker_threads";
import { serveJob } from "./check-files.ts";
import { nodeIo } from "./node-io.ts";
import { main } from "./run.ts";

const isHelper = parentPort !== null && serveJob(workerData, (batch) => parentPort?.postMessage(batch));
if (!isHelper) process.exitCode = await main(process.argv.slice(2), nodeIo(import.meta.url));
