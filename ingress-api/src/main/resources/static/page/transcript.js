import { clockTime, el } from "./dom.js";
import { lostMs, markGap } from "./gaps.js";
import { initials } from "./people.js";

const SAME_TURN_MS = 20_000;
const UNKNOWN = "Unknown speaker";

/**
 * A transcript on the page. Text that may change is grey, the rest stays as it is; an entry's node is made once and only its
 * text is replaced, so nothing jumps.
 */
export class Transcript {
  constructor(root, spoken, people) {
    this.root = root;
    this.spoken = spoken;
    this.people = people;
    this.items = []; // in the order in which they were said
    this.byId = new Map();
    this.pendingOf = new Map(); // speaker -> ids
    this.turns = []; // {speaker, element, text, first, last}: indexes into items
  }

  get isEmpty() {
    return this.items.length === 0;
  }

  /** Milliseconds of the meeting that nobody was heard in because audio was lost. */
  lost() {
    return lostMs(this.items.filter((item) => item.gap));
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
      this.people.spoke(segment.speaker, (segment.end - segment.start) * 1000);
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
    this.people.speaking(
      speaker,
      frame.pending.some((segment) => !segment.completed),
    );
    if (from < Infinity) {
      this.layOut(from);
    }
  }

  /** Audio that was lost; gaps with nothing said between them make one mark. */
  gap(event) {
    const at = this.time(event);
    const until = at + Math.max(0, event.end - event.start) * 1000;
    this.insertMark({ id: `gap:${event.seq}`, gap: true, at, until, track: event.track_id, reason: event.reason });
  }

  /** Entries of the transcript that the server does not have any more. */
  missing(event) {
    const at = this.items.at(-1)?.at ?? 0;
    const count = event.seq - event.from_seq + 1;
    const sentence = `${count === 1 ? "One entry" : `${count} entries`} of this transcript cannot be found`;
    this.insertMark({ id: `missing:${event.seq}`, at, until: at, sentence });
  }

  insertMark(item) {
    if (!this.byId.has(item.id)) {
      this.layOut(this.insert({ ...item, mark: true, confirmed: true }));
    }
  }

  put(segment, confirmed) {
    const known = this.byId.get(segment.segment_id);
    const at = this.time(segment);
    const until = at + Math.max(0, segment.end - segment.start) * 1000;
    const speaker = segment.speaker ?? "";
    if (known && known.speaker === speaker && known.at === at) {
      known.confirmed = confirmed;
      known.until = until;
      this.write(known, segment);
      return Infinity;
    }
    const place = known ? this.remove(segment.segment_id) : Infinity;
    const item = { id: segment.segment_id, at, until, speaker, confirmed, clock: segment.absolute_start_time };
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
      if (turn?.text && !item.mark && turn.speaker === item.speaker && item.at - this.items[turn.last].at < SAME_TURN_MS) {
        turn.text.append(item.node);
        turn.last = i;
      } else if (turn?.gaps && item.gap) {
        turn.gaps.push(item);
        turn.last = i;
        markGap(turn.element, turn.gaps);
      } else {
        this.turns.push(item.mark ? markTurn(item, i) : this.turn(item, i));
        this.root.append(this.turns.at(-1).element);
      }
    }
  }

  turn(item, index) {
    const text = el("p", { class: "text", dir: "auto" }, item.node);
    const element = el(
      "article",
      { class: `turn colour-${this.people.colour(item.speaker)}` },
      el("span", { class: "initials", "aria-hidden": "true" }, initials(item.speaker)),
      el(
        "div",
        { class: "said" },
        el(
          "h3",
          {},
          el("bdi", {}, item.speaker || UNKNOWN),
          el("time", { datetime: item.clock, title: clockTime(item.clock, true) }, clockTime(item.clock)),
        ),
        text,
      ),
    );
    return { speaker: item.speaker, element, text, first: index, last: index };
  }

  /** For those who listen to the page: finished sentences only, the newest few. */
  announce(segment) {
    this.spoken.append(el("p", {}, `${segment.speaker ?? UNKNOWN}: ${segment.text}`));
    while (this.spoken.childElementCount > 3) {
      this.spoken.firstElementChild.remove();
    }
  }
}

function markTurn(item, index) {
  const element = el("p", { class: "gap" }, el("span", {}, item.sentence));
  if (!item.gap) {
    return { speaker: null, element, first: index, last: index };
  }
  markGap(element, [item]);
  return { speaker: null, element, gaps: [item], first: index, last: index };
}
