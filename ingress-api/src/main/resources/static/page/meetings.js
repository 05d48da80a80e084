import { call } from "./api.js";
import { canStop, duration, el, isOver, meetingName, platformName, statusPill } from "./dom.js";

const REFRESH_MS = 4000;
const PAGE = 30;

/** The list of meetings, with a field to send a bot to another; returns what ends it. */
export function showMeetings(view) {
  const note = el("p", { class: "note", role: "status" }, "Loading…");
  const lists = el("div", { class: "lists" });
  const more = el("button", { class: "plain more", type: "button", hidden: true }, "Show more");
  view.replaceChildren(sendForm(), note, lists, more);

  let shown = PAGE;
  let timer;
  let drawn = "";
  let left = false;
  const refresh = async () => {
    clearTimeout(timer);
    try {
      const { meetings, complete } = await newest(shown);
      const state = JSON.stringify(meetings);
      // Redrawn only when something has changed: whoever is about to click must not miss.
      if (state !== drawn) {
        drawn = state;
        draw(lists, meetings, refresh);
      }
      note.textContent = meetings.length === 0 ? "No meetings yet. Paste a link above, and a bot will be on its way." : "";
      note.hidden = meetings.length > 0;
      more.hidden = complete;
    } catch (refused) {
      note.hidden = false;
      note.textContent = refused.message;
    }
    if (!left) {
      timer = setTimeout(refresh, REFRESH_MS);
    }
  };
  more.addEventListener("click", () => {
    shown += PAGE;
    refresh();
  });
  refresh();
  return () => {
    left = true;
    clearTimeout(timer);
  };
}

async function newest(wanted) {
  const meetings = [];
  while (meetings.length < wanted) {
    const page = await call("GET", `/meetings?limit=${PAGE}&offset=${meetings.length}`);
    meetings.push(...page.meetings);
    if (page.meetings.length < PAGE) {
      return { meetings, complete: true };
    }
  }
  return { meetings, complete: false };
}

function sendForm() {
  const link = el("input", {
    id: "link",
    type: "url",
    required: true,
    placeholder: "https://meet.google.com/abc-defg-hij",
    autocomplete: "off",
  });
  const name = el("input", { id: "bot-name", autocomplete: "off", maxlength: "100", placeholder: "Earshot" });
  const language = el("input", {
    id: "language",
    autocomplete: "off",
    maxlength: "3",
    placeholder: "found out by itself",
    pattern: "[A-Za-z]{2,3}",
    title: "Two or three letters, such as en",
  });
  const options = el(
    "details",
    {},
    el("summary", {}, "Options"),
    el(
      "div",
      { class: "fields" },
      el("div", {}, el("label", { for: "bot-name" }, "Name of the bot"), name),
      el("div", {}, el("label", { for: "language" }, "Language, such as en"), language),
    ),
  );
  // The browser cannot show what is wrong with a field that is folded away, and would send nothing without a word.
  language.addEventListener("invalid", () => {
    options.open = true;
  });
  const send = el("button", { type: "submit" }, "Send a bot");
  const problem = el("p", { class: "problem", role: "alert" });
  const form = el(
    "form",
    { class: "send" },
    el("h1", {}, "Meetings"),
    el("label", { for: "link" }, "Link of a meeting"),
    el("div", { class: "row" }, link, send),
    options,
    problem,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    problem.textContent = "";
    const wanted = { meeting_url: link.value.trim() };
    if (name.value.trim()) {
      wanted.bot_name = name.value.trim();
    }
    if (language.value.trim()) {
      wanted.language = language.value.trim().toLowerCase();
    }
    try {
      const meeting = await call("POST", "/bots", wanted);
      location.hash = `#/meetings/${meeting.id}`;
    } catch (refused) {
      problem.textContent = refused.message;
    } finally {
      send.disabled = false;
    }
  });
  return form;
}

function draw(lists, meetings, refresh) {
  const groups = new Map();
  for (const meeting of meetings) {
    const group = isOver(meeting.status) ? day(begun(meeting)) : "Now";
    groups.set(group, [...(groups.get(group) ?? []), meeting]);
  }
  const now = groups.get("Now");
  groups.delete("Now");
  const sections = [...(now ? [["Now", now]] : []), ...groups];
  const keepFocus = focusIn(lists);
  lists.replaceChildren(
    ...sections.map(([title, group]) =>
      el(
        "section",
        {},
        el("h2", {}, title),
        el("ul", { class: "meetings" }, ...group.map((meeting) => card(meeting, refresh))),
      ),
    ),
  );
  keepFocus();
}

/** Whoever goes through the list by keyboard is to stay at their meeting when it is drawn anew. */
function focusIn(lists) {
  const focused = lists.contains(document.activeElement) ? document.activeElement : null;
  const address = focused?.closest("li").querySelector("a").hash;
  return () => {
    const link = focused && [...lists.querySelectorAll("a")].find((a) => a.hash === address);
    const same = link?.closest("li").querySelector(focused.tagName);
    (same ?? link)?.focus({ preventScroll: true });
  };
}

function card(meeting, refresh) {
  const stop = el("button", { class: "plain danger", type: "button" }, "Stop");
  stop.addEventListener("click", async () => {
    stop.disabled = true;
    try {
      await stopBot(meeting.platform, meeting.native_meeting_id);
    } catch (refused) {
      stop.textContent = refused.message;
    }
    refresh();
  });
  return el(
    "li",
    { class: isOver(meeting.status) ? "over" : "open" },
    el("span", { class: `platform ${meeting.platform}`, "aria-hidden": "true" }, platformName(meeting.platform)[0]),
    el(
      "a",
      { href: `#/meetings/${meeting.id}` },
      el("span", { class: "name" }, meetingName(meeting)),
      el("span", { class: "facts" }, facts(meeting)),
    ),
    meeting.status === "completed"
      ? null
      : el("div", { class: "actions" }, statusPill(meeting.status), canStop(meeting.status) ? stop : null),
  );
}

/** Calls a bot back. */
export function stopBot(platform, nativeId) {
  return call("DELETE", `/bots/${platform}/${encodeURIComponent(nativeId)}`);
}

function begun(meeting) {
  return new Date(meeting.start_time ?? meeting.created_at);
}

function facts(meeting) {
  const time = begun(meeting).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const length =
    meeting.start_time && meeting.end_time ? duration(new Date(meeting.end_time) - new Date(meeting.start_time)) : null;
  return [platformName(meeting.platform), time, length].filter(Boolean).join(" · ");
}

function day(date) {
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) {
    return "Today";
  }
  if (date.toDateString() === yesterday.toDateString()) {
    return "Yesterday";
  }
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}
