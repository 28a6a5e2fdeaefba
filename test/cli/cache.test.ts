/** `check --cache` says what `check` says. */
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folder, notes, RIGHT, WRONG } from "./run.ts";

const FORMATS = ["pretty", "json", "sarif", "junit"];

describe("the cache", () => {
  const CACHE = ".tcpflowcache";

  test.each(FORMATS)("changes nothing: %s", async (format) => {
    const { run } = await folder(notes(9));
    const args = ["check", "--format", format, "notes"];
    const plain = await run(args);
    expect(await run([...args, "--cache"])).toEqual(plain);
    expect(await run([...args, "--cache"])).toEqual(plain);
    // Severities are none of its business.
    const quieter = [...args, "--rule", "syn-not-counted=off"];
    expect(await run([...quieter, "--cache"])).toEqual(await run(quieter));
    // Each language has its own messages.
    expect(await run([...args, "--cache"], { locale: "zh-cn" })).toEqual(await run(args, { locale: "zh-cn" }));
  });

  test("is used for what has not changed", async () => {
    const { run, path, read } = await folder({ "a.tcpflow": WRONG });
    await run(["check", "--cache", "a.tcpflow"]);
    const kept = await read(CACHE);
    expect(kept).toContain("syn-not-counted");
    await writeFile(join(path, "a.tcpflow"), RIGHT);
    expect(await run(["check", "--cache", "a.tcpflow"])).toMatchObject({ code: 0 });
    expect(await read(CACHE)).not.toContain("syn-not-counted");
  });

  test("forgets files that are gone", async () => {
    const { run, path, read } = await folder({ "a.tcpflow": RIGHT, "b.tcpflow": RIGHT });
    await run(["check", "--cache", "a.tcpflow"]);
    await run(["check", "--cache", "b.tcpflow"]);
    expect(await read(CACHE)).toContain("a.tcpflow");
    await rm(join(path, "a.tcpflow"));
    await writeFile(join(path, "b.tcpflow"), WRONG);
    await run(["check", "--cache", "b.tcpflow"]);
    expect(await read(CACHE)).not.toContain("a.tcpflow");
  });

  test("may be anything: what was not written here is ignored", async () => {
    const { run, path, read } = await folder({ "a.tcpflow": WRONG, "b.md": `\`\`\`tcpflow\n${WRONG}\`\`\`\n` });
    const args = ["check", "--format", "json", "a.tcpflow", "b.md", "--cache"];
    const plain = await run(args);
    const kept = await read(CACHE);
    const broken = fc.oneof(
      fc.string(),
      fc.nat(kept.length).map((end) => kept.slice(0, end)),
      fc.nat(kept.length - 1).map((at) => `${kept.slice(0, at)}#${kept.slice(at + 1)}`),
      fc.constant(kept.replace(/"flows":\[.*\]/u, '"flows":5')),
    );
    await fc.assert(
      fc.asyncProperty(broken, async (text) => {
        await writeFile(join(path, CACHE), text);
        expect(await run(args)).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("is kept where one says, and what cannot be written costs nothing", async () => {
    const { run, read, path } = await folder({ "a.tcpflow": RIGHT, file: "" });
    await run(["check", "--cache", "--cache-location", "kept.json", "a.tcpflow"]);
    expect(await read("kept.json")).toContain("a.tcpflow");
    expect(await readdir(path)).not.toContain(CACHE);
    const { code, stderr } = await run(["check", "--cache", "--cache-location", "file/kept", "a.tcpflow"]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "tcpflowc: file/kept: a part of the path is not a folder\nNo findings in 1 flow of 1 file\n",
    });
  });

  test("gives what a check without it gives, whatever changes between runs", async () => {
    const { run, path } = await folder({});
    const names = ["a.tcpflow", "b.md", "c.mmd"];
    const diagram = "sequenceDiagram\na->>b: SYN seq=1\nb->>a: SYN+ACK seq=7 ack=1\n";
    const texts = [RIGHT, WRONG, "", `\`\`\`tcpflow\n${WRONG}\`\`\`\n`, diagram, `\`\`\`mermaid\n${diagram}\`\`\`\n`];
    const change = fc.record({ name: fc.constantFrom(...names), text: fc.constantFrom(...texts) });
    for (const name of names) await writeFile(join(path, name), "");
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 3 }), fc.constantFrom(1, 2), async (changes, threads) => {
        for (const { name, text } of changes) await writeFile(join(path, name), text);
        const args = ["check", "--format", "json", ...names];
        expect(await run([...args, "--cache"], { threads })).toEqual(await run(args));
      }),
      { numRuns: 60 },
    );
  });
});
