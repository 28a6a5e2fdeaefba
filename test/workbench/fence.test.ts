import { expect, inject, test } from "vitest";
import { arrows, cursorAt, focusText, goToLine, preview, runCommand } from "./actions.ts";
import { openWorkbench } from "./workbench.ts";

const NOTES = `# Opening

\`\`\`tcpflow
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
\`\`\`

# Closing

\`\`\`tcpflow
a -> b: FIN+ACK seq=u ack=v
b -> a: ACK seq=v ack=u+1
b -> a: FIN+ACK seq=v ack=u+1
\`\`\`
`;

test("in Markdown the preview shows the fence under the cursor", async () => {
  const workbench = await openWorkbench({ vsix: inject("vsix"), files: { "notes.md": NOTES } });
  const { page } = workbench;
  try {
    await page.getByRole("treeitem", { name: "notes.md" }).first().dblclick();
    await page.locator('.tab.active[data-resource-name="notes.md"]').waitFor();
    await goToLine(page, 12);
    await runCommand(page, "TCPFlow: Open Preview to the Side");
    await arrows(page).nth(2).waitFor();
    await focusText(page);
    // In the file it is line 12, in the flow the second.
    await preview(page).locator('.segment.at-cursor[data-line="1"]').waitFor();
    expect(await preview(page).locator("#blocks thead").innerText()).toMatch(/a\s+b/);

    await goToLine(page, 5);
    await arrows(page).nth(2).waitFor({ state: "detached" });
    await preview(page).locator('.segment.at-cursor[data-line="1"]').waitFor();
    expect(await preview(page).locator("#blocks thead").innerText()).toMatch(/client\s+server/);
    // Between the fences the last one stays.
    await goToLine(page, 8);
    expect(await arrows(page).count()).toBe(2);
    await workbench.screenshot("preview-fence");

    await arrows(page, 1).dblclick();
    await cursorAt(page, 4).waitFor();
  } finally {
    await workbench.close();
  }
});
