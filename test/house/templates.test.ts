/** The flows that an author begins with. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { format } from "../../server/src/index.ts";
import { allFindings, check } from "../support/flows.ts";

const FOLDER = new URL("../../client/templates/", import.meta.url);
const MISTAKE = "mistake.tcpflow";
const files = readdirSync(FOLDER).filter((file) => file !== MISTAKE);
const read = (file: string) => readFileSync(new URL(file, FOLDER), "utf8");

test.each(files)("%s is right, with a title and a word on what it shows", (file) => {
  const text = read(file);
  expect(allFindings(text)).toEqual([]);
  expect(check(text).flow.title).toBeTruthy();
  expect(text).toMatch(/^\/\/ .*RFC \d+ §/);
  expect(format(text)).toBe(text);
});

test("the one that is to be mended has one mistake", () => {
  expect(allFindings(read(MISTAKE))).toEqual(["fin-not-counted @ ack=x+1"]);
});

test("the command offers every one of the ten", () => {
  const command = readFileSync(new URL("../src/commands/templates.ts", FOLDER), "utf8");
  const offered = [...command.matchAll(/\bfile: "([^"]+)"/gu)].map(([, name]) => `${name}.tcpflow`);
  expect(offered.sort()).toEqual(files);
  expect(offered).toHaveLength(10);
});
