/** The state diagram that the preview carries is what Mermaid makes of its text. */
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { expect, test } from "vitest";
import { drawStateDiagram } from "../../scripts/state-diagram.ts";
import { STATES } from "../../server/src/tcp/states.ts";

const KEPT = readFileSync(new URL("../../client/media/state-diagram.svg", import.meta.url), "utf8");

test("Mermaid draws the diagram as it is kept", { timeout: 60_000 }, async () => {
  expect(await drawStateDiagram()).toBe(KEPT);
});

test("every state of RFC 9293 is in it, and every way leads from one to another", () => {
  const svg = new DOMParser().parseFromString(KEPT, "image/svg+xml");
  const values = (name: string) =>
    [...KEPT.matchAll(new RegExp(` data-${name}="([^"]*)"`, "g"))].map(([, value]) => value);
  expect(new Set(values("state"))).toEqual(new Set([...STATES, "END"]));
  expect(svg.getElementsByTagName("path").length).toBe(values("from").length + 1);
  for (const end of [...values("from"), ...values("to")]) expect([...STATES, "END"]).toContain(end);
});
