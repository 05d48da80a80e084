import { duration, el } from "./dom.js";

const COLOURS = 8;

/** Who speaks: a colour and initials for each, and how long each has spoken. Shown as a list. */
export class People {
  constructor(list) {
    this.list = list;
    this.bySpeaker = new Map();
    this.colours = 0;
  }

  /** The same speaker always has the same colour. */
  colour(speaker) {
    return speaker ? this.person(speaker).colour : "none";
  }

  /** Somebody was heard for so long; silence between words is part of it. */
  spoke(speaker, ms) {
    if (speaker) {
      this.person(speaker).ms += ms;
      this.draw();
    }
  }

  /** Whose text changes now. */
  speaking(speaker, isSpeaking) {
    if (speaker) {
      this.person(speaker).row.classList.toggle("speaking", isSpeaking);
    }
  }

  get isEmpty() {
    return this.bySpeaker.size === 0;
  }

  person(speaker) {
    let person = this.bySpeaker.get(speaker);
    if (!person) {
      const colour = this.colours++ % COLOURS;
      const time = el("span", { class: "time" });
      const bar = el("span", { class: "share" });
      const row = el(
        "li",
        { class: `colour-${colour}` },
        el("span", { class: "initials", "aria-hidden": "true" }, initials(speaker)),
        el("span", { class: "who" }, el("bdi", {}, speaker), bar),
        time,
      );
      person = { colour, ms: 0, time, bar, row };
      this.bySpeaker.set(speaker, person);
      this.list.append(row);
    }
    return person;
  }

  draw() {
    const most = Math.max(1, ...[...this.bySpeaker.values()].map((person) => person.ms));
    for (const { ms, time, bar } of this.bySpeaker.values()) {
      time.textContent = duration(ms);
      bar.style.setProperty("--share", `${(100 * ms) / most}%`);
    }
  }
}

/** One or two letters to know somebody by. */
export function initials(speaker) {
  const parts = speaker.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  return letters.map((part) => [...part][0].toUpperCase()).join("") || "?";
}
