#!/usr/bin/env node
/** Starts the program, with what Node has kept of it since the last run: compiled code, where Node keeps any. */
import * as node from "node:module";

if ("enableCompileCache" in node) node.enableCompileCache();
// The build puts the program beside this file.
await import(new URL("./cli.mjs", import.meta.url).href);
