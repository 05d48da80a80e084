/** Shorter than a word: marked, but not shouted. */
const SMALL_GAP_MS = 300;

/** Writes on a mark how much time was lost, in how many voices, and why; gaps are `{at, until, track, reason}`. */
export function markGap(element, gaps) {
  const lost = lostMs(gaps);
  const tracks = new Set(gaps.map((gap) => gap.track)).size;
  const reasons = [...new Set(gaps.map((gap) => gap.reason).filter(Boolean))].map((r) => r.replaceAll("_", " "));
  const length = lost < 1000 ? `${Math.round(lost)} ms` : `${(lost / 1000).toFixed(1)} s`;
  element.className = lost < SMALL_GAP_MS ? "gap small" : "gap";
  element.firstElementChild.textContent =
    `${length} of audio lost${tracks > 1 ? ` on ${tracks} tracks` : ""}` +
    (reasons.length > 0 ? ` (${reasons.join(", ")})` : "");
}

/** Milliseconds that nobody was heard in, each counted once however many voices it cost. */
export function lostMs(gaps) {
  const spans = gaps.map((gap) => [gap.at, gap.until]).sort((a, b) => a[0] - b[0]);
  let lost = 0;
  let upTo = -Infinity;
  for (const [from, to] of spans) {
    lost += Math.max(0, to - Math.max(from, upTo));
    upTo = Math.max(upTo, to);
  }
  return lost;
}
