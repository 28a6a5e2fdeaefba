/** The packed extension: its size, and how long VS Code says that its activation takes. */
import { existsSync, statSync } from "node:fs";
import { packageExtension } from "../../scripts/package.ts";
import { openFile, runCommand } from "../workbench/actions.ts";
import { openWorkbench } from "../workbench/workbench.ts";
import { median } from "./measure.ts";

export interface Packed {
  /** MiB. */
  readonly size: number;
  /** Milliseconds, beside the extension for JSON that is part of VS Code; absent where there is no workbench (`npm test` installs it). */
  readonly activation: { readonly ours: number; readonly json: number } | undefined;
}

export async function measureExtension(): Promise<Packed> {
  const vsix = await packageExtension();
  const size = statSync(vsix).size / 2 ** 20;
  const hasWorkbench = existsSync(new URL("../workbench/node_modules/.package-lock.json", import.meta.url));
  return { size, activation: hasWorkbench ? await activation(vsix) : undefined };
}

const TIMES = 5;

/** As `Developer: Show Running Extensions` tells it; medians over reloads of the window. */
async function activation(vsix: string): Promise<Packed["activation"]> {
  const files = { "a.tcpflow": "client -> server: SYN seq=x\n", "b.json": "{}\n" };
  const workbench = await openWorkbench({ vsix, files });
  try {
    const { page } = workbench;
    const timeOf = async (name: string) => {
      const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: name }).first();
      // Now and then the list comes before the time.
      const time = await row
        .locator(".activation-time")
        .innerText({ timeout: 20_000 })
        .catch(() => "");
      return Number(/(\d+)\s*ms/u.exec(time)?.[1]);
    };
    const activations: { readonly ours: number; readonly json: number }[] = [];
    for (let i = 0; i < TIMES; i++) {
      await openFile(page, "a.tcpflow");
      await page.locator(".codelens-decoration", { hasText: "segment" }).waitFor();
      await openFile(page, "b.json", "JSON");
      await runCommand(page, "Developer: Show Running Extensions");
      activations.push({ ours: await timeOf("TCPFlow"), json: await timeOf("JSON Language Features") });
      await page.reload();
      await page.locator(".monaco-workbench .part.statusbar").waitFor();
    }
    const known = activations.filter(({ ours, json }) => Number.isFinite(ours + json));
    return { ours: median(known.map(({ ours }) => ours)), json: median(known.map(({ json }) => json)) };
  } finally {
    await workbench.close();
  }
}
