/** How much new data an end may send now. */
import type { Judgement } from "../tcp/emission.ts";

/** More than any window holds (RFC 7323 §2.3). */
const LIMITLESS = 2 ** 30;

/**
 * What the rules say is too much, they put right: octets, or nothing where nobody limits them. `weighLength` judges a
 * segment with so many.
 */
export function roomFor(weighLength: (octets: number) => Judgement): number | undefined {
  let room = LIMITLESS;
  // Two rules limit it: the window and the segment size.
  for (let i = 0; i < 2; i++) {
    const { verdicts } = weighLength(room);
    const limits = verdicts.flatMap(({ expected }) => (expected?.terms.length === 0 ? [expected.constant] : []));
    room = Math.min(room, ...(limits.length < verdicts.length ? [0] : limits));
  }
  return room === LIMITLESS ? undefined : room;
}
