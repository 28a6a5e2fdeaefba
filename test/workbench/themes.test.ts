import { expect, inject, test } from "vitest";
import { arrows, goToLine, openFile, preview } from "./actions.ts";
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

const THEMES = {
  dark: "Default Dark Modern",
  "high-contrast": "Default High Contrast",
  "high-contrast-light": "Default High Contrast Light",
};

for (const [name, theme] of Object.entries(THEMES)) {
  test(`the preview is drawn for a theme: ${name}`, async () => {
    const workbench = await openWorkbench({ vsix: inject("vsix"), files: { "close.tcpflow": FLOW }, theme });
    try {
      const { page } = workbench;
      await openFile(page, "close.tcpflow");
      await page.keyboard.press("Control+k");
      await page.keyboard.press("v");
      await arrows(page).nth(5).waitFor();
      await goToLine(page, 6);
      await preview(page).locator('.at-cursor[data-line="5"]').first().waitFor();
      await workbench.screenshot(`preview-${name}`);
      expect(workbench.complaints()).toEqual([]);
    } finally {
      await workbench.close();
    }
  });
}

test("in a restricted window problems and the preview are there all the same", async () => {
  const files = { "close.tcpflow": FLOW };
  const workbench = await openWorkbench({ vsix: inject("vsix"), files, trusted: false });
  try {
    const { page } = workbench;
    await page.locator("#status\\.workspaceTrust").waitFor();
    await openFile(page, "close.tcpflow");
    await page.locator(".squiggly-error").first().waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("v");
    await arrows(page).nth(5).waitFor();
    await workbench.screenshot("restricted");
  } finally {
    await workbench.close();
  }
});
