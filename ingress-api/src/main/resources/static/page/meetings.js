import { call } from "./api.js";
import { el, isOver, platformName, statusPill } from "./dom.js";

const REFRESH_MS = 5000;

/** The list of meetings, with a field to send a bot to another; returns what ends it. */
export function showMeetings(view) {
  const list = el("ul", { class: "meetings" });
  const note = el("p", { class: "note", role: "status" }, "Loading…");
  const link = el("input", {
    id: "link",
    type: "url",
    required: true,
    placeholder: "https://meet.google.com/abc-defg-hij",
    autocomplete: "off",
  });
  const send = el("button", { type: "submit" }, "Send a bot");
  const problem = el("p", { class: "problem", role: "alert" });
  const form = el(
    "form",
    { class: "send" },
    el("label", { for: "link" }, "Link of a meeting"),
    el("div", { class: "row" }, link, send),
    problem,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    problem.textContent = "";
    try {
      const meeting = await call("POST", "/bots", { meeting_url: link.value });
      location.hash = `#/meetings/${meeting.id}`;
    } catch (refused) {
      problem.textContent = refused.message;
    } finally {
      send.disabled = false;
    }
  });
  view.replaceChildren(el("h1", {}, "Meetings"), form, note, list);

  let timer;
  const refresh = async () => {
    try {
      const { meetings } = await call("GET", "/meetings?limit=100");
      note.textContent = meetings.length === 0 ? "No meetings yet: send a bot to one." : "";
      list.replaceChildren(...meetings.map(card));
    } catch (refused) {
      note.textContent = refused.message;
    }
    timer = setTimeout(refresh, REFRESH_MS);
  };
  refresh();
  return () => clearTimeout(timer);
}

function card(meeting) {
  const begun = new Date(meeting.start_time ?? meeting.created_at);
  return el(
    "li",
    {},
    el(
      "a",
      { href: `#/meetings/${meeting.id}`, class: isOver(meeting.status) ? "over" : "open" },
      el("span", { class: "name" }, meeting.data.name ?? meeting.native_meeting_id ?? `Meeting ${meeting.id}`),
      statusPill(meeting.status),
      el(
        "span",
        { class: "facts" },
        `${platformName(meeting.platform)} · ${begun.toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}${length(meeting)}`,
      ),
    ),
  );
}

function length({ start_time: start, end_time: end }) {
  if (!start || !end) {
    return "";
  }
  const minutes = Math.round((new Date(end) - new Date(start)) / 60_000);
  return minutes < 1 ? " · under a minute" : ` · ${minutes} min`;
}
