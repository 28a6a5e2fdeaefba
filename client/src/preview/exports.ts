/** What leaves the preview: files in several formats, the picture in the clipboard, a page in the browser. */
import * as vscode from "vscode";
import type { PictureOptions } from "../../../server/src/editor/picture-request.ts";
import { placeOf } from "../capture/flows.ts";
import type { Drawing } from "./drawing.ts";
import type { ExportFormat } from "./messages.ts";
import { standalonePage } from "./standalone-page.ts";

export interface Exports {
  save(format: ExportFormat): Promise<void>;
  copy(): Promise<void>;
  browse(): Promise<void>;
  /** The flow as Mermaid text; nothing where it cannot be drawn. */
  mermaid(): Promise<string | undefined>;
}

/** Where the flow is, how it is shown, and what the page can do. */
export interface ExportSource {
  source(): vscode.Uri;
  line(): number | undefined;
  options(): PictureOptions;
  /** Octets of a PNG; nothing where the page cannot make one. */
  image(svg: string): Promise<Uint8Array | undefined>;
  /** Whether an image is in the clipboard now. */
  copyImage(svg: string): Promise<boolean>;
}

const FILES: Readonly<Record<ExportFormat, { readonly ending: string; readonly name: string }>> = {
  svg: { ending: "svg", name: "SVG" },
  png: { ending: "png", name: "PNG" },
  html: { ending: "html", name: "HTML" },
  mermaid: { ending: "mmd", name: "Mermaid" },
  text: { ending: "txt", name: "Text" },
};

/** @param storage a folder for pages that are only looked at */
export function createExports(
  drawing: Drawing,
  extensionUri: vscode.Uri,
  storage: vscode.Uri,
  from: ExportSource,
): Exports {
  const place = () => {
    const line = from.line();
    return { options: from.options(), ...(line === undefined ? {} : { line }) };
  };
  const document = () => vscode.workspace.openTextDocument(from.source());
  const text = async (format: "svg" | "text" | "mermaid", theme: "auto" | "light" | "dark" = "auto") =>
    (await drawing.exported(await document(), { ...place(), format, theme })) ?? undefined;
  const page = async () => {
    const { options, ...where } = place();
    const picture = await drawing.picture(await document(), {
      ...where,
      options: { ...options, inputs: true },
      theme: "auto",
    });
    return picture === null ? undefined : await standalonePage(picture, extensionUri);
  };
  const image = async () => {
    const svg = await text("svg", imageTheme());
    return svg === undefined ? undefined : await from.image(svg);
  };

  const contentOf = async (format: ExportFormat): Promise<Uint8Array | undefined> => {
    if (format === "png") return image();
    const words = format === "html" ? await page() : await text(format);
    return words === undefined ? undefined : new TextEncoder().encode(words);
  };

  /** Says that nothing came of it; errors on the way are told the same way. */
  const attempt = async (action: () => Promise<boolean>) => {
    try {
      if (!(await action())) vscode.window.showErrorMessage(vscode.l10n.t("The flow cannot be drawn now"));
    } catch (error) {
      vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  };

  const save = (format: ExportFormat) =>
    attempt(async () => {
      const content = await contentOf(format);
      if (content === undefined) return false;
      const { ending, name } = FILES[format];
      const target = await vscode.window.showSaveDialog({
        defaultUri: siblingOf(from.source(), ending),
        filters: { [name]: [ending] },
      });
      if (target === undefined) return true;
      await vscode.workspace.fs.writeFile(target, content);
      vscode.window.setStatusBarMessage(vscode.l10n.t("Saved {0}", target.path.replace(/^.*\//, "")), 5000);
      return true;
    });

  return {
    save,
    copy: () =>
      attempt(async () => {
        const svg = await text("svg", imageTheme());
        const done = svg !== undefined && (await from.copyImage(svg));
        if (done) vscode.window.setStatusBarMessage(vscode.l10n.t("The picture is in the clipboard"), 5000);
        return done;
      }),
    browse: () =>
      attempt(async () => {
        // A browser elsewhere cannot read files of this machine: there the page is saved.
        if (
          vscode.env.uiKind === vscode.UIKind.Web ||
          vscode.env.remoteName !== undefined ||
          storage.scheme !== "file"
        ) {
          await save("html");
          return true;
        }
        const content = await page();
        if (content === undefined) return false;
        const target = vscode.Uri.joinPath(storage, `${stemOf(from.source())}.html`);
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(content));
        await vscode.env.openExternal(target);
        return true;
      }),
    mermaid: () => text("mermaid").catch(() => undefined),
  };
}

/** An image has one ground: that of the editor now. */
function imageTheme(): "light" | "dark" {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast ? "dark" : "light";
}

function stemOf(source: vscode.Uri): string {
  return source.path.replace(/^.*\//, "").replace(/\.[^.]*$/, "");
}

/** A file of the same name beside the source; in the first folder that is open where the source is not saved yet. */
function siblingOf(source: vscode.Uri, ending: string): vscode.Uri {
  const name = `${stemOf(source)}.${ending}`;
  const place = placeOf(source);
  const folder = source.scheme === "untitled" ? vscode.workspace.workspaceFolders?.[0]?.uri : undefined;
  return folder === undefined ? vscode.Uri.joinPath(place, "..", name) : vscode.Uri.joinPath(folder, name);
}
