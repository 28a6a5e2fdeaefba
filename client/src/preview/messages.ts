/** What the preview's page and the extension tell each other, and what the page keeps over a reload. */
import type { ConnectionOverview } from "../../../server/src/editor/capture/request.ts";
import type { Picture, PictureOptions } from "../../../server/src/editor/picture-request.ts";

export type ToPage =
  | {
      readonly kind: "picture";
      /** The document that it shows; another one than before starts at the top. */
      readonly source: string;
      /** Another flow of that document than before. */
      readonly fresh: boolean;
      readonly picture: Picture;
      /** The line (from 0) that the cursor stands in. */
      readonly cursor?: number;
      readonly badge?: Badge;
    }
  /** The cursor moved to this line (from 0) of the source that is shown. */
  | { readonly kind: "cursor"; readonly line: number }
  /** There is no new picture; what is shown stays. */
  | { readonly kind: "failure"; readonly badge: Badge }
  /** Whether the preview stays with its source. */
  | { readonly kind: "locked"; readonly locked: boolean }
  /** The flow as Mermaid text, as it was asked for; nothing where it cannot be had. */
  | { readonly kind: "mermaid"; readonly text?: string }
  /** The connections of the capture that is shown, and how many more there are. */
  | {
      readonly kind: "capture";
      readonly connections: readonly ConnectionOverview[];
      readonly more: number;
      readonly words: CaptureWords;
    }
  /** The one whose picture is shown. */
  | { readonly kind: "chosen"; readonly connection: number }
  /** Make an image of a picture: to be sent back, or for the clipboard. */
  | { readonly kind: "image"; readonly svg: string; readonly use: "send" | "copy" };

/** Why the picture is not that of the text as it stands, and the line (from 0) to blame, if one is. */
export interface Badge {
  readonly text: string;
  readonly line?: number;
}

/** What the page says about a capture, in the reader's language; `{0}` stands for a number. */
export interface CaptureWords {
  readonly connections: string;
  readonly moreConnections: string;
  readonly packet: string;
  readonly segments: string;
  readonly oneSegment: string;
  readonly nothingFound: string;
  readonly importText: string;
}

/** What a picture can be saved as. */
export type ExportFormat = "svg" | "png" | "html" | "mermaid" | "text";

export type FromPage =
  /** The page is loaded, or loaded again, and shows nothing yet. */
  | { readonly kind: "ready"; readonly options: PictureOptions; readonly connection?: number }
  /** The reader wants to see another connection of the capture. */
  | { readonly kind: "choose"; readonly connection: number }
  /** The reader wants the connection as a text of its own. */
  | { readonly kind: "import" }
  /** The reader chose what stands in this line (from 0) of the source; `go`: to go on there. */
  | { readonly kind: "reveal"; readonly line: number; readonly go: boolean }
  /** The reader wants another drawing. */
  | { readonly kind: "options"; readonly options: PictureOptions }
  | { readonly kind: "export"; readonly format: ExportFormat }
  | { readonly kind: "copy" | "browse" | "mermaid" }
  /** Something for the clipboard. */
  | { readonly kind: "clip"; readonly text: string }
  /** The image that was asked for, as base64; nothing where it cannot be made. */
  | { readonly kind: "image"; readonly png?: string }
  /** Whether the image is in the clipboard. */
  | { readonly kind: "copied"; readonly done: boolean };

export interface PageState {
  readonly source: string;
  /** Pixels on the screen for each pixel of the picture; none fits it to the width. */
  readonly zoom?: number;
  readonly left: number;
  readonly top: number;
  readonly options: PictureOptions;
  readonly tab: "ladder" | "mermaid";
  /** Whether the panel beside the ladder is shown. */
  readonly panel: boolean;
  readonly locked: boolean;
  /** The step that is pinned. */
  readonly pinned?: number;
  /** Of a capture, the connection that is shown. */
  readonly connection?: number;
  /** The line (from 0) of the source whose flow is shown. */
  readonly line: number;
}
