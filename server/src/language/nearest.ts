/** "Did you mean": the known word that a misspelt one is nearest to. */

/** Candidates beyond these are not compared, so that a text full of mistakes takes no longer than others. */
const MOST_COMPARED = 200;

/** The candidate within a few slips of `word`, whatever its case; nothing if none is near. */
export function nearest<Known extends string>(word: string, candidates: readonly Known[]): Known | undefined {
  const wanted = word.toLowerCase();
  let best: Known | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates.slice(0, MOST_COMPARED)) {
    const limit = Math.min(least - 1, allowance(Math.max(wanted.length, candidate.length)));
    if (Math.abs(wanted.length - candidate.length) > limit) continue;
    const slips = distance(wanted, candidate.toLowerCase());
    if (slips > limit) continue;
    best = candidate;
    least = slips;
  }
  return best;
}

/** How many slips still make the same word: none in one letter, one in four, two in eight, three beyond. */
function allowance(length: number): number {
  return length < 2 ? 0 : length < 5 ? 1 : length < 9 ? 2 : 3;
}

/** Letters inserted, left out, replaced or swapped with a neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
