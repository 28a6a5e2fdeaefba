#!/usr/bin/env node
import { nodeIo } from "./node-io.ts";
import { main } from "./run.ts";

process.exitCode = await main(process.argv.slice(2), nodeIo());
