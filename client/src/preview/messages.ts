/** What the preview's page and the extension tell each other, and what the page keeps over a reload. */

export type ToPage =
  | {
      readonly kind: "picture";
      /** The document that it shows; another one than before starts at the top. */
      readonly source: string;
      readonly svg: string;
      /** There is nothing in it. */
      readonly empty: boolean;
      /** The line (from 0) that the cursor stands in. */
      readonly cursor?: number;
      readonly badge?: Badge;
    }
  /** The cursor moved to this line (from 0) of the source that is shown. */
  | { readonly kind: "cursor"; readonly line: number }
  /** There is no new picture; what is shown stays. */
  | { readonly kind: "failure"; readonly badge: Badge };

/** Why the picture is not that of the text as it stands, and the line (from 0) to blame, if one is. */
export interface Badge {
  readonly text: string;
  readonly line?: number;
}

export type FromPage =
  /** The page is loaded, or loaded again, and shows nothing yet. */
  | { readonly kind: "ready" }
  /** The reader chose what stands in this line (from 0) of the source. */
  | { readonly kind: "reveal"; readonly line: number };

export interface PageState {
  readonly source: string;
  /** Pixels on the screen for each pixel of the picture; none fits it to the width. */
  readonly zoom?: number;
  readonly left: number;
  readonly top: number;
}
