import { clockTime, el } from "./dom.js";

const COLOURS = 8;
const SAME_TURN_MS = 20_000;

/** Shorter than a word: marked, but not shouted. */
const SMALL_GAP_MS = 300;

/**
 * A transcript on the page. Text that may change is grey, the rest stays as it is; an entry's node is made once and only its
 * text is replaced, so nothing jumps.
 */
export class Transcript {
  constructor(root, spoken) {
    this.root = root;
    this.spoken = spoken;
    this.items = []; // in the order in which they were said
    this.byId = new Map();
    this.pendingOf = new Map(); // speaker -> ids
    this.colours = new Map();
    this.turns = []; // {speaker, element, text, first, last}: indexes into items
  }

  get isEmpty() {
    return this.items.length === 0;
  }

  /** A frame of one speaker: what was confirmed, and all that is pending. */
  take(frame) {
    const speaker = frame.speaker ?? "";
    let from = Infinity;
    for (const segment of frame.confirmed) {
      const known = this.byId.get(segment.segment_id);
      if (known?.confirmed) {
        continue;
      }
      from = Math.min(from, this.put(segment, true));
      this.announce(segment);
    }
    const pending = new Set(frame.pending.map((segment) => segment.segment_id));
    for (const id of this.pendingOf.get(speaker) ?? []) {
      if (!pending.has(id) && !this.byId.get(id)?.confirmed) {
        from = Math.min(from, this.remove(id));
      }
    }
    this.pendingOf.set(speaker, pending);
    for (const segment of frame.pending) {
      if (!this.byId.get(segment.segment_id)?.confirmed) {
        from = Math.min(from, this.put(segment, false));
      }
    }
    if (from < Infinity) {
      this.layOut(from);
    }
  }

  /** Audio that was lost; gaps with nothing said between them make one mark. */
  gap(event) {
    const id = `gap:${event.seq}`;
    if (!this.byId.has(id)) {
      const at = this.time(event);
      const until = at + Math.max(0, event.end - event.start) * 1000;
      const item = { id, gap: true, confirmed: true, at, until, track: event.track_id, reason: event.reason };
      this.layOut(this.insert(item));
    }
  }

  put(segment, confirmed) {
    const known = this.byId.get(segment.segment_id);
    const at = this.time(segment);
    const speaker = segment.speaker ?? "";
    if (known && known.speaker === speaker && known.at === at) {
      known.confirmed = confirmed;
      this.write(known, segment);
      return Infinity;
    }
    const place = known ? this.remove(segment.segment_id) : Infinity;
    const item = { id: segment.segment_id, at, speaker, confirmed, clock: segment.absolute_start_time };
    item.node = el("span", { class: "words" });
    this.write(item, segment);
    return Math.min(place, this.insert(item));
  }

  write(item, segment) {
    const text = segment.text.trim();
    const stable = item.confirmed || segment.completed;
    const words = text.split(/\s+/);
    const sure = stable ? text : words.slice(0, segment.stable_prefix_words ?? 0).join(" ");
    const changing = stable ? "" : text.slice(sure.length);
    if (item.sure === sure && item.changing === changing) {
      return;
    }
    item.sure = sure;
    item.changing = changing;
    item.node.replaceChildren(
      document.createTextNode(sure),
      ...(changing ? [el("span", { class: "changing" }, changing)] : []),
      " ",
    );
  }

  time(segment) {
    return segment.absolute_start_time ? Date.parse(segment.absolute_start_time) : segment.start * 1000;
  }

  insert(item) {
    let index = this.items.length;
    while (index > 0 && this.items[index - 1].at > item.at) {
      index--;
    }
    this.items.splice(index, 0, item);
    this.byId.set(item.id, item);
    return index;
  }

  remove(id) {
    const item = this.byId.get(id);
    if (!item) {
      return Infinity;
    }
    const index = this.items.indexOf(item);
    this.items.splice(index, 1);
    this.byId.delete(id);
    item.node.remove();
    return index;
  }

  /** Puts the items from an index on into turns: what came before stays untouched. */
  layOut(from) {
    while (this.turns.length > 0 && this.turns.at(-1).last >= from - 1) {
      const turn = this.turns.pop();
      from = Math.min(from, turn.first);
      turn.element.remove();
    }
    for (let i = from; i < this.items.length; i++) {
      const item = this.items[i];
      const turn = this.turns.at(-1);
      if (turn && !item.gap && turn.speaker === item.speaker && item.at - this.items[turn.last].at < SAME_TURN_MS) {
        turn.text.append(item.node);
        turn.last = i;
      } else if (turn?.gaps && item.gap) {
        turn.gaps.push(item);
        turn.last = i;
        mark(turn);
      } else {
        this.turns.push(this.turn(item, i));
        this.root.append(this.turns.at(-1).element);
      }
    }
  }

  turn(item, index) {
    if (item.gap) {
      const turn = { speaker: null, element: el("p"), gaps: [item], first: index, last: index };
      mark(turn);
      return turn;
    }
    const name = item.speaker || "Unknown speaker";
    const text = el("p", { class: "text", dir: "auto" }, item.node);
    const element = el(
      "article",
      { class: `turn colour-${this.colour(item.speaker)}` },
      el("span", { class: "initials", "aria-hidden": "true" }, initials(item.speaker)),
      el(
        "div",
        { class: "said" },
        el("h3", {}, el("bdi", {}, name), el("time", { datetime: item.clock }, clockTime(item.clock))),
        text,
      ),
    );
    return { speaker: item.speaker, element, text, first: index, last: index };
  }

  colour(speaker) {
    if (!speaker) {
      return "none";
    }
    if (!this.colours.has(speaker)) {
      this.colours.set(speaker, this.colours.size % COLOURS);
    }
    return this.colours.get(speaker);
  }

  /** For those who listen to the page: finished sentences only, the newest few. */
  announce(segment) {
    this.spoken.append(el("p", {}, `${segment.speaker ?? "Unknown speaker"}: ${segment.text}`));
    while (this.spoken.childElementCount > 3) {
      this.spoken.firstElementChild.remove();
    }
  }
}

/** Says how much time was lost, in how many voices, and why. */
function mark(turn) {
  const spans = turn.gaps.map((gap) => [gap.at, gap.until]).sort((a, b) => a[0] - b[0]);
  let lost = 0;
  let heardUpTo = -Infinity;
  for (const [from, to] of spans) {
    lost += Math.max(0, to - Math.max(from, heardUpTo));
    heardUpTo = Math.max(heardUpTo, to);
  }
  const tracks = new Set(turn.gaps.map((gap) => gap.track)).size;
  const reasons = [...new Set(turn.gaps.map((gap) => gap.reason).filter(Boolean))].map((r) => r.replaceAll("_", " "));
  const length = lost < 1000 ? `${Math.round(lost)} ms` : `${(lost / 1000).toFixed(1)} s`;
  turn.element.className = lost < SMALL_GAP_MS ? "gap small" : "gap";
  turn.element.textContent =
    `${length} of audio lost${tracks > 1 ? ` on ${tracks} tracks` : ""}` +
    (reasons.length > 0 ? ` (${reasons.join(", ")})` : "");
}

function initials(speaker) {
  const parts = speaker.split(/\s+/).filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  return letters.map((part) => [...part][0].toUpperCase()).join("") || "?";
}
