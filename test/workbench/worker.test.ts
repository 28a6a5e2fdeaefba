/** The server of VS Code for the Web does what the one on Node does. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CompletionRequest, HoverRequest } from "vscode-languageserver-protocol";
import { type Client, startServer } from "../editor/client.ts";
import { launchBrowser } from "./browser.ts";
import { startInWorker } from "./worker.ts";

const WRONG = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;

let browser: Browser;
let client: Client;
beforeAll(async () => {
  browser = await launchBrowser();
  client = await startServer({}, {}, "en", await startInWorker(await browser.newPage()));
});
afterAll(async () => {
  await browser?.close();
});

test("a mistake is found, and gone after its fix", async () => {
  const flow = await client.open(WRONG);
  expect(await flow.diagnostics()).toMatchObject([{ code: "syn-not-counted", range: flow.rangeOf("ack=x") }]);
  const [fix] = await flow.actions("ack=x", "quickfix");
  expect(fix?.title).toBe("Change ack to x+1");
  await flow.edit(fix?.edit?.changes?.[flow.uri] ?? []);
  expect(flow.text()).toContain("ack=x+1");
  expect(await flow.diagnostics()).toEqual([]);
});

test("hover, completion and the picture are those of the server on Node", async () => {
  const inWorker = await answers(client);
  const onNode = await startServer();
  expect(inWorker).toEqual(await answers(onNode));
  expect(await onNode.stop()).toBe(0);
});

async function answers(from: Client) {
  const flow = await from.open(WRONG.replace("ack=x\n", "ack=x+1\n"));
  const document = { textDocument: { uri: flow.uri } };
  const { uri: _, ...hover } = Object(
    await from.connection.sendRequest(HoverRequest.type, { ...document, position: { line: 1, character: 20 } }),
  );
  const completion = await from.connection.sendRequest(CompletionRequest.type, {
    ...document,
    position: { line: 2, character: 0 },
  });
  const items = Array.isArray(completion) ? completion : (completion?.items ?? []);
  expect(items.map(({ label }) => label)).toContain("client -> server: ACK seq=x+1 ack=y+1");
  expect(JSON.stringify(hover)).toContain("SYN-RECEIVED");
  return { hover, items, picture: await flow.picture("dark") };
}

test("nothing was printed, and nothing was against the policy", () => {
  expect(client.printed()).toBe("");
});
