/** The middle of the times, in milliseconds. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Times of one call in milliseconds: some calls to warm up, then for about a second, at least five. */
export function times(call: () => unknown): number[] {
  const warmUntil = performance.now() + 300;
  do call();
  while (performance.now() < warmUntil);
  const taken: number[] = [];
  const until = performance.now() + 1000;
  while (taken.length < 5 || performance.now() < until) {
    const start = performance.now();
    call();
    taken.push(performance.now() - start);
  }
  return taken;
}

export function ms(time: number | undefined): string {
  if (time === undefined) return "–";
  return time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0);
}

export function printTable(rows: readonly (readonly string[])[]): void {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  for (const row of rows) {
    console.log(
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
    );
  }
  console.log();
}
