import { afterAll, beforeAll, expect, test } from "vitest";
import { type CodeAction, CodeActionKind } from "vscode-languageserver-protocol/node";
import { type Client, type OpenFlow, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

async function apply(flow: OpenFlow, action: CodeAction | undefined): Promise<void> {
  await flow.edit(action?.edit?.changes?.[flow.uri] ?? []);
}

const TWO_MISTAKES = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y
`;
const MENDED = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

test("the preferred fix at the mistake mends it", async () => {
  const flow = await client.open(MENDED.replace("ack=x+1", "ack=x"));
  const actions = await flow.actions("ack=x", CodeActionKind.QuickFix);
  expect(actions[0]).toMatchObject({ isPreferred: true, diagnostics: [{ code: "syn-not-counted" }] });
  expect(actions.slice(1).every(({ isPreferred }) => isPreferred !== true)).toBe(true);
  await apply(flow, actions[0]);
  expect(flow.text()).toBe(MENDED);
  expect(await flow.diagnostics()).toEqual([]);
});

test("no fix is offered away from the mistake", async () => {
  const flow = await client.open(TWO_MISTAKES);
  expect(await flow.actions("seq=y", CodeActionKind.QuickFix)).toEqual([]);
});

test("fix all mends every mistake that has one answer", async () => {
  const flow = await client.open(TWO_MISTAKES);
  const [all, ...others] = await flow.actions("client", CodeActionKind.SourceFixAll);
  expect(others).toEqual([]);
  expect(all?.kind).toBe("source.fixAll.tcpflow");
  await apply(flow, all);
  expect(flow.text()).toBe(MENDED);
  expect(await flow.diagnostics()).toEqual([]);
});

test("a mistake can be said to be on purpose, or be allowed", async () => {
  for (const title of ["Expect syn-not-counted here: it is shown on purpose", "Allow syn-not-counted here"]) {
    const flow = await client.open(MENDED.replace("ack=x+1", "ack=x"));
    const actions = await flow.actions("ack=x", CodeActionKind.QuickFix);
    await apply(
      flow,
      actions.find((action) => action.title === title),
    );
    expect(flow.text()).toMatch(/\n@(expect|allow)\(syn-not-counted\)\nserver ->/);
    expect(await flow.diagnostics()).toEqual([]);
  }
});

test("where nothing is wrong, nothing is offered", async () => {
  const flow = await client.open(MENDED);
  expect(await flow.actions("SYN", CodeActionKind.QuickFix)).toEqual([]);
  expect(await flow.actions("SYN", CodeActionKind.SourceFixAll)).toEqual([]);
});
