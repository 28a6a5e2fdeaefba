/** A mistake with its right form beside it: the wrong flow gives one finding, the right one none. */
export interface Mistake {
  readonly name: string;
  readonly wrong: string;
  /** `rule @ the text it stands on`. */
  readonly found: string;
  readonly right: string;
}
