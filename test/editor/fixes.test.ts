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

test("a number that is borrowed from the peer becomes one of its own, wherever it counts on", async () => {
  const flow = await client.open(`client -> server: SYN seq=x
server -> client: SYN+ACK seq=x+1 ack=x+1
client -> server: ACK seq=x+1 ack=x+2
server -> client: PSH+ACK seq=x+2 ack=x+1 len=5
client -> server: ACK seq=x+1 ack=x+7
`);
  const [own] = await flow.actions("seq=x+1", CodeActionKind.QuickFix);
  expect(own).toMatchObject({ title: "Count this direction from y", isPreferred: true });
  await apply(flow, own);
  expect(flow.text()).toBe(`client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
server -> client: PSH+ACK seq=y+1 ack=x+1 len=5
client -> server: ACK seq=x+1 ack=y+6
`);
  expect(await flow.diagnostics()).toEqual([]);
});

test("what is unfinished is finished, from the handshake on", async () => {
  for (const lines of [1, 2]) {
    const flow = await client.open(`${MENDED.split("\n").slice(0, lines).join("\n")}\n`);
    const [finish] = await flow.actions(lines === 1 ? "client ->" : "server ->", CodeActionKind.QuickFix);
    expect(finish?.title).toBe("Complete the handshake and the close");
    await apply(flow, finish);
    expect(await flow.diagnostics()).toEqual([]);
    expect(flow.text()).toContain("client -> server: ACK seq=x+2 ack=y+2");
  }
});

test("what stands twice goes, and so does a field without a number", async () => {
  const CASES = [
    ["endpoint client, server, client\n", "Remove the second", "endpoint client, server\n"],
    ["endpoint client\nendpoint server\nendpoint client\n", "Remove the second", "endpoint client\nendpoint server\n"],
    ['title "a"\ntitle "b"\n', "Remove the second", 'title "a"\n'],
    ["let x = 1\nlet x = 2\n", "Remove the second", "let x = 1\n"],
    ["set rto = 2s\nset rto = 3s\n", "Remove the second", "set rto = 2s\n"],
    ["a -> b: SYN seq=\n", "Leave out seq", "a -> b: SYN\n"],
  ] as const;
  for (const [text, title, mended] of CASES) {
    const flow = await client.open(text);
    const actions = await flow.actions(text.trimEnd(), CodeActionKind.QuickFix);
    await apply(
      flow,
      actions.find((action) => action.title === title),
    );
    expect(flow.text()).toBe(mended);
  }
});

test("a closed window is probed", async () => {
  const flow = await client.open(`client -> server: PSH+ACK seq=100 ack=300 len=50
server -> client: ACK seq=300 ack=150 win=0
client calls send 100
wait 10s
`);
  const [probe] = await flow.actions("server -> client", CodeActionKind.QuickFix);
  expect(probe?.title).toBe("Draw the probe: client -> server: ACK len=1");
  await apply(flow, probe);
  expect((await flow.diagnostics()).filter(({ severity }) => severity === 1 || severity === 2)).toEqual([]);
});
