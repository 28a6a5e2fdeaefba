import { expect, inject, test } from "vitest";
import { arrows, chooseTheme, goToLine, openFile, pressFor, preview } from "./actions.ts";
import { openWorkbench } from "./workbench.ts";

const FLOW = `title "Close, with a mistake"
endpoint client, server
section "Half-close"
client calls close
client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
client is FIN-WAIT-2, server is CLOSE-WAIT
... "the rest of the response"
section "The other half"
server -> client: FIN+ACK seq=w ack=u+1
client -x server: ACK seq=u+1 ack=w+1
wait RTO
server timeout retransmission
server -> client: FIN+ACK seq=w ack=u+1 "again"
client -> server: ACK seq=u+1 ack=w
note client: "w is one too few"
`;

/** The class that the workbench has in each theme. */
const THEMES = [
  { theme: "Dark Modern", kind: "vs-dark" },
  { theme: "Dark High Contrast", kind: "hc-black" },
  { theme: "Light High Contrast", kind: "hc-light" },
];

test("the picture takes on the colours of each theme as it is chosen", async () => {
  const workbench = await openWorkbench({ vsix: inject("vsix"), files: { "close.tcpflow": FLOW } });
  try {
    const { page } = workbench;
    await openFile(page, "close.tcpflow");
    await pressFor(page, "Control+k v", arrows(page).nth(5));
    await goToLine(page, 6);
    await preview(page).locator('.at-cursor[data-line="5"]').first().waitFor();
    const ink = () =>
      preview(page)
        .locator(".title")
        .evaluate((title) => getComputedStyle(title).fill);
    const inks = [await ink()];
    for (const { theme, kind } of THEMES) {
      await chooseTheme(page, theme);
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await expect.poll(ink).not.toBe(inks.at(-1));
      inks.push(await ink());
      await workbench.screenshot(`preview-${kind}`);
    }
    expect(workbench.complaints()).toEqual([]);
  } finally {
    await workbench.close();
  }
});

test("in a restricted window problems and the preview are there all the same", async () => {
  const files = { "close.tcpflow": FLOW };
  const workbench = await openWorkbench({ vsix: inject("vsix"), files, trusted: false });
  try {
    const { page } = workbench;
    await page.locator("#status\\.workspaceTrust").waitFor();
    await openFile(page, "close.tcpflow");
    await page.locator(".squiggly-error").first().waitFor();
    await pressFor(page, "Control+k v", arrows(page).nth(5));
    await workbench.screenshot("restricted");
  } finally {
    await workbench.close();
  }
});
