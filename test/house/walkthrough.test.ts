/** The walkthrough shows what the programs really give. Renew it with `npm run test:unit -- test/house --update`. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, renderSvg } from "../../server/src/index.ts";
import { folder } from "../cli/run.ts";

const MEDIA = "../../client/media/walkthrough/";
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const template = (name: string) => read(`client/templates/${name}.tcpflow`).toString();

/** A capture of the Linux kernel (test/data/traces) as the import tells it. */
async function captured(): Promise<string> {
  const { run } = await folder({ "upload.pcap": read("test/data/traces/data_lost_rto.a.pcap") });
  return (await run(["convert", "upload.pcap", "--to", "tcpflow", "-o", "-"])).stdout;
}

describe("the pictures", () => {
  test.each([
    ["handshake", async () => template("three-way-handshake")],
    ["close", async () => template("four-way-close")],
    ["mistake", async () => template("mistake")],
    ["capture", captured],
  ])("%s", async (name, text) => {
    const replay = check(await text());
    for (const theme of ["light", "dark"] as const) {
      await expect(renderSvg(replay, { theme })).toMatchFileSnapshot(`${MEDIA}${name}-${theme}.svg`);
    }
  });
});

test("the report of a check", async () => {
  const { run } = await folder({ "notes/close.tcpflow": template("mistake") });
  const { stdout, stderr } = await run(["check", "."]);
  const page = `A finding of \`tcpflowc check\`, as the task prints it:

\`\`\`text
${stdout}${stderr}\`\`\`

In \`tasks.json\`:

\`\`\`json
{
  "version": "2.0.0",
  "tasks": [
    { "type": "tcpflow", "paths": ["docs"], "args": ["--max-warnings=0"], "problemMatcher": "$tcpflowc" }
  ]
}
\`\`\`
`;
  await expect(page).toMatchFileSnapshot(`${MEDIA}check.md`);
});
