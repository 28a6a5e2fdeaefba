import { afterAll, beforeAll, expect, test } from "vitest";
import {
  EXPORT_REQUEST,
  type ExportParams,
  PICTURE_REQUEST,
  type Picture,
  type PictureParams,
} from "../../server/src/editor/picture-request.ts";
import { type Client, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

test("the picture is that of the text after all edits before it was asked for", async () => {
  const flow = await client.open("a -> b: SYN seq=x\n");
  expect((await flow.picture())?.svg).toContain('data-line="0"');
  for (let line = 1; line <= 5; line++) {
    const end = { line, character: 0 };
    await flow.edit([{ range: { start: end, end }, newText: "a -x b: SYN seq=x\n" }]);
  }
  const picture = await flow.picture();
  expect(picture).toMatchObject({ version: 6, empty: false, brokenLines: [] });
  expect(picture?.svg).toContain('data-line="5"');
});

test("light and dark are two pictures", async () => {
  const flow = await client.open("a -> b: SYN seq=x\n");
  expect((await flow.picture("dark"))?.svg).not.toBe((await flow.picture("light"))?.svg);
});

test("the picture needs no style attribute and no script, which the preview's policy forbids", async () => {
  const flow = await client.open('title "T"\na -> b: SYN seq=x "label"\nnote a: "note"\na is ?\n');
  const svg = (await flow.picture())?.svg ?? "";
  expect(svg).toMatch(/^<svg/);
  expect(svg).not.toMatch(/\sstyle=|<script|\son\w+=|href="(?!#)/);
});

test("an empty document has a picture too", async () => {
  const flow = await client.open("");
  expect(await flow.picture()).toMatchObject({ svg: expect.stringMatching(/^<svg/), empty: true });
});

test.each(["markdown", "mdx", "plaintext"] as const)("in %s a line says which fence is drawn", async (language) => {
  const fence = (name: string) => `> \`\`\`tcpflow\n> ${name} -> b: SYN seq=x\n> \`\`\`\n\n`;
  const flow = await client.open(`# Two flows\n\n${fence("first")}${fence("second")}`, language);
  const names = ["first", "second"];
  const drawn = async (line?: number) => {
    const picture = await flow.picture("light", line);
    return picture && [names.find((name) => picture.svg.includes(`>${name}<`)), picture.firstLine];
  };
  expect(await drawn()).toEqual(["first", 3]);
  expect(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map(drawn))).toEqual([
    null,
    ...Array(3).fill(["first", 3]),
    null,
    ...Array(3).fill(["second", 7]),
    null,
  ]);
  expect((await flow.picture())?.svg).toContain('data-line="0"');
});

test("the picture comes with its steps and with what the reader chose", async () => {
  const flow = await client.open("a -> b: SYN seq=x\n");
  const params: PictureParams = {
    textDocument: { uri: flow.uri },
    theme: "light",
    options: { numbers: "relative", states: "netstat" },
  };
  const picture = await client.connection.sendRequest<Picture | null>(PICTURE_REQUEST, params);
  expect(picture?.steps.steps.map(({ words }) => words)).toEqual(["a sends SYN seq=0 to b", "SYN seq=0 arrives at b"]);
  expect(picture?.svg).toContain("SYN_RECV");
});

test("a flow is exported as SVG, as text and for Mermaid, also a fence of Markdown", async () => {
  const notes = await client.open("# Notes\n\n```tcpflow\na -> b: SYN seq=x\n```\n", "markdown");
  const exported = (format: ExportParams["format"], line = 3) => {
    const params: ExportParams = { textDocument: { uri: notes.uri }, line, format, theme: "auto" };
    return client.connection.sendRequest<string | null>(EXPORT_REQUEST, params);
  };
  expect(await exported("svg")).toMatch(/^<svg .*prefers-color-scheme.*<\/svg>\n$/s);
  expect(await exported("text")).toContain("SYN seq=x");
  expect(await exported("mermaid")).toMatch(/^sequenceDiagram\n/);
  expect(await exported("svg", 0)).toBeNull();
});
