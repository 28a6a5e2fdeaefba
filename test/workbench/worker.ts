/** The language server as a web worker of a page in Chromium, which passes on what the two sides say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { AbstractMessageReader, AbstractMessageWriter, type DataCallback } from "vscode-languageserver-protocol/node";
import type { RunningServer } from "../editor/client.ts";

const SERVER = readFileSync(join(import.meta.dirname, "../../dist/server-browser.js"));
const ORIGIN = "http://tcpflow.invalid";

/** Starts the worker in a page. It may run its own script and nothing else: no network, no code made from text. */
export async function startInWorker(page: Page): Promise<RunningServer> {
  let printed = "";
  let deliver: DataCallback = () => {};
  page.on("console", (message) => {
    printed += `${message.text()}\n`;
  });
  page.on("pageerror", (error) => {
    printed += `${error}\n`;
  });
  await page.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/server.js") {
      return route.fulfill({
        body: SERVER,
        contentType: "text/javascript",
        headers: { "Content-Security-Policy": "default-src 'none'" },
      });
    }
    return pathname === "/" ? route.fulfill({ body: "<!doctype html>", contentType: "text/html" }) : route.abort();
  });
  await page.goto(ORIGIN);
  await page.exposeFunction("said", (message: Parameters<DataCallback>[0]) => deliver(message));
  const worker = await page.evaluateHandle(() => {
    const started = new Worker("/server.js");
    started.addEventListener("message", ({ data }) => Reflect.get(globalThis, "said")(data));
    started.addEventListener("error", ({ message }) => console.error(message));
    return started;
  });

  class Reader extends AbstractMessageReader {
    listen(callback: DataCallback) {
      deliver = callback;
      return {
        dispose: () => {
          deliver = () => {};
        },
      };
    }
  }
  class Writer extends AbstractMessageWriter {
    write(message: Parameters<DataCallback>[0]) {
      return worker.evaluate((started, sent) => started.postMessage(sent), message);
    }
    end() {}
  }
  return {
    reader: new Reader(),
    writer: new Writer(),
    printed: () => printed,
    ended: page.waitForEvent("close", { timeout: 0 }).then(() => null),
  };
}
