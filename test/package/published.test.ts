/** The package `tcpflow-lang` as it would be published: built, packed, unpacked where a program would have it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const server = join(root, "server");

/** Below the repository, so that what the package depends on is found; the package itself is the unpacked one. */
let home: string;
beforeAll(() => {
  execFileSync("tsc", ["-b", "server"], { cwd: root });
  mkdirSync(join(root, "out"), { recursive: true });
  home = mkdtempSync(join(root, "out/package-"));
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", home], {
    cwd: server,
    encoding: "utf8",
  });
  mkdirSync(join(home, "node_modules/tcpflow-lang"), { recursive: true });
  const into = join(home, "node_modules/tcpflow-lang");
  execFileSync("tar", [
    "-xzf",
    join(home, packed.trim().split("\n").at(-1) ?? ""),
    "-C",
    into,
    "--strip-components",
    "1",
  ]);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What a program prints that is run beside the package. */
function run(name: string, program: string): string {
  writeFileSync(join(home, name), program);
  return execFileSync(process.execPath, [name], { cwd: home, encoding: "utf8" });
}

const USE = `const { findings } = check("client -> server: SYN seq=x\\nserver -> client: SYN+ACK seq=y ack=x\\n");
console.log(findings.map(({ rule }) => rule).includes("syn-not-counted"));
`;

test("its manifest names what is there", async () => {
  const { messages, pkg } = await publint({ pkgDir: join(home, "node_modules/tcpflow-lang"), strict: true });
  expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
});

test("every entry is imported", () => {
  const entries = ["markdown-it", "mermaid", "rehype", "remark", "satteri"];
  const imports = entries.map((entry, i) => `import * as m${i} from "tcpflow-lang/${entry}";\n`).join("");
  const shown = entries.map((_, i) => `console.log(Object.keys(m${i}).join());\n`).join("");
  expect(run("a.mjs", `import { check } from "tcpflow-lang";\n${imports}${USE}${shown}`)).toBe(
    "true\ntcpflow\ntcpflowDiagram\nrehypeTcpflow\nremarkTcpflow\nsatteriTcpflow\n",
  );
});

test("and required from CommonJS", () => {
  expect(run("a.cjs", `const { check } = require("tcpflow-lang");\n${USE}`)).toBe("true\n");
});

test("its types are found", () => {
  writeFileSync(
    join(home, "a.mts"),
    `import { check, type Finding, renderSvg } from "tcpflow-lang";
const findings: readonly Finding[] = check("").findings;
export const svg: string = renderSvg(check(""), { theme: "dark" }) + findings.length;
`,
  );
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"];
  execFileSync("tsc", [...options, "a.mts"], { cwd: home });
});
