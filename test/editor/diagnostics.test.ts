import { afterAll, beforeAll, expect, test } from "vitest";
import { DiagnosticSeverity, ErrorCodes, ResponseError } from "vscode-languageserver-protocol/node";
import { type Client, startOnNode, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

const HANDSHAKE = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

test("a wrong number is underlined, with the rule, the reason and the segment that explains it", async () => {
  const flow = await client.open(HANDSHAKE.replace("ack=x+1", "ack=x"));
  const [diagnostic, ...others] = await flow.diagnostics();
  expect(others).toEqual([]);
  expect(diagnostic).toMatchObject({
    range: { start: { line: 1, character: 32 }, end: { line: 1, character: 37 } },
    severity: DiagnosticSeverity.Error,
    code: "syn-not-counted",
    source: "tcpflow",
  });
  expect(diagnostic?.message).toContain("x+1");
  expect(diagnostic?.message).toContain("RFC 9293");
  expect(diagnostic?.relatedInformation).toMatchObject([
    { location: { uri: flow.uri, range: { start: { line: 0 } } }, message: expect.stringMatching(/SYN/) },
  ]);
});

test("an edit brings the mistake and takes it away", async () => {
  const flow = await client.open(HANDSHAKE);
  expect(await flow.diagnostics()).toEqual([]);
  await flow.edit([{ range: flow.rangeOf("y+1"), newText: "y" }]);
  expect(await flow.diagnostics()).toMatchObject([{ code: "syn-not-counted", range: { start: { line: 2 } } }]);
  await flow.edit([{ range: flow.rangeOf("ack=y\n"), newText: "ack=y+1\n" }]);
  expect(await flow.diagnostics()).toEqual([]);
});

test("a mistake shown on purpose is no problem, one that fails to show up is", async () => {
  const wrong = HANDSHAKE.replace("ack=x+1", "ack=x");
  const flow = await client.open(wrong.replace("server ->", "@expect(syn-not-counted)\nserver ->"));
  expect(await flow.diagnostics()).toEqual([]);
  await flow.edit([{ range: flow.rangeOf("ack=x\n"), newText: "ack=x+1\n" }]);
  expect(await flow.diagnostics()).toMatchObject([{ code: "unmet-expectation" }]);
});

test("a closed document has no problems", async () => {
  const flow = await client.open("client -> server: SYN seq=x ack=1\n");
  expect(await flow.diagnostics()).not.toEqual([]);
  await flow.close();
  expect(await flow.diagnostics()).toEqual([]);
  expect(await flow.picture()).toBeNull();
});

test("nothing but the settings is watched, and no file is read", () => {
  const watched = client.registered.filter((method) => method.startsWith("workspace/"));
  expect(watched).toEqual(["workspace/didChangeConfiguration"]);
});

test("a client that takes no registrations is asked for none", async () => {
  const plain = await startServer({}, {}, "en", startOnNode(), false);
  const flow = await plain.open("a -> b: SYN+FIN\n");
  expect((await flow.diagnostics()).map(({ code }) => code)).toContain("illegal-flags");
  expect(plain.registered).toEqual([]);
  expect(await plain.stop()).toBe(0);
});

test("settings make a rule milder or hide it, at once, in the picture too", async () => {
  const strict = await startServer({ rules: { "syn-not-counted": "warning" } });
  const flow = await strict.open(HANDSHAKE.replace("ack=x+1", "ack=x"));
  expect(await flow.diagnostics()).toMatchObject([{ severity: DiagnosticSeverity.Warning }]);
  expect((await flow.picture())?.svg).toContain('data-rule="syn-not-counted"');
  await strict.configure({ rules: { "syn-not-counted": "off" } });
  expect(await flow.diagnostics()).toEqual([]);
  expect((await flow.picture())?.svg).not.toContain('data-rule="syn-not-counted"');
  await strict.configure({ rules: { "syn-not-counted": "loud", other: 1 } });
  expect(await flow.diagnostics()).toMatchObject([{ severity: DiagnosticSeverity.Error }]);
  await strict.configure({ rules: null });
  expect(await flow.diagnostics()).toMatchObject([{ severity: DiagnosticSeverity.Error }]);
  await strict.stop();
});

test("a client that cannot say its settings has the default ones", async () => {
  const silent = await startServer(new ResponseError(ErrorCodes.InternalError, "no settings here"));
  const flow = await silent.open(HANDSHAKE.replace("ack=x+1", "ack=x"));
  expect(await flow.diagnostics()).toMatchObject([{ severity: DiagnosticSeverity.Error }]);
  await silent.stop();
});

test("the server ends when it is told to", async () => {
  const other = await startServer();
  await other.open(HANDSHAKE);
  expect(await other.stop()).toBe(0);
});

test("a finding leads to the page of its rule, where the client has the pages", async () => {
  const pages = "file:///extensions/tcpflow/docs/rules/";
  const other = await startServer({}, { rulePages: pages });
  const [finding] = await (await other.open(HANDSHAKE.replace("ack=x+1", "ack=x"))).diagnostics();
  expect(finding?.codeDescription?.href).toBe(`${pages}syn-not-counted.md`);
  await other.stop();
  const [plain] = await (await client.open(HANDSHAKE.replace("ack=x+1", "ack=x"))).diagnostics();
  expect(plain?.codeDescription).toBeUndefined();
});
