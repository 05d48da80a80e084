import { call, session } from "./api.js";
import { canStop, duration, el, isOver, meetingName, platformName, statusPill } from "./dom.js";
import { download, FORMATS } from "./export.js";
import { Feed } from "./feed.js";
import { stopBot } from "./meetings.js";
import { People } from "./people.js";
import { Search } from "./search.js";
import { Transcript } from "./transcript.js";

const WAITING = {
  requested: ["The bot is on its way", "This takes a few seconds."],
  joining: ["The bot is joining the meeting", "Words appear here as they are said."],
  awaiting_admission: ["The bot waits at the door", "Somebody in the meeting has to let it in."],
  needs_human_help: ["The bot is stuck at the door", "It needs somebody's help to get in."],
  active: ["The bot is listening", "Words appear here as they are said."],
  stopping: ["The bot is leaving", ""],
  completed: ["The meeting is over", "Nothing was said while the bot was there."],
  failed: ["The bot did not get into the meeting", ""],
};

const NEAR_END_PX = 140;
const LAG_SHOWN_MS = 4000;

/** The live view of one meeting; returns what ends it. */
export function showMeeting(view, meetingId, badge, jump) {
  const spoken = document.getElementById("spoken");
  spoken.replaceChildren();
  const page = build(session.key !== null);
  view.replaceChildren(page.whole);
  const people = new People(page.people);
  const transcript = new Transcript(page.log, spoken, people);
  const search = new Search(page.log, page.find, page.found);
  const state = { status: "", reason: null, state: "connecting", sentence: "", lag: null, lagAt: 0, meeting: null, stalled: false };
  const scroll = followTheEnd(jump, search);

  let news = 0;
  let frame = 0;
  const draw = () => {
    frame = 0;
    page.pill.replaceChildren(...(state.status ? [statusPill(state.status)] : []));
    page.stop.hidden = !(session.key && state.meeting && canStop(state.status));
    page.side.hidden = people.isEmpty;
    page.search.hidden = transcript.isEmpty;
    page.exports.hidden = transcript.isEmpty;
    drawWaiting(page.waiting, state, transcript.isEmpty);
    drawFacts(page.facts, transcript);
    drawBadge(badge, state);
    if (search.isActive) {
      search.find(false);
    }
    scroll.follow(news);
    news = 0;
  };
  // Once for all that came since the screen was drawn: a long transcript comes in thousands of events.
  const drawSoon = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const take = (type, data) => {
    if (type === "transcript") {
      transcript.take(data);
      const lag = lagOf(data);
      if (lag != null) {
        state.lag = lag;
        state.lagAt = Date.now();
      }
    } else if (type === "transcript.gap") {
      transcript.gap(data);
    } else if (type === "transcript.missing") {
      transcript.missing(data);
    } else if (type === "meeting.status") {
      state.status = data.payload.status;
      state.reason = data.payload.reason ?? state.reason;
    } else if (type === "health") {
      state.stalled = data.status === "stalled";
    } else if (type === "transcript.complete") {
      page.end.hidden = false;
      page.end.textContent = account(data);
    }
    if (type === "transcript" && data.confirmed.length > 0) {
      news++;
    }
  };
  const feed = new Feed(meetingId, {
    state(name, sentence) {
      state.state = name;
      state.stalled = false;
      state.sentence = sentence;
      drawSoon();
    },
    event(type, data) {
      name(page, state, data.meeting);
      take(type, data);
      drawSoon();
    },
  });
  page.stop.addEventListener("click", async () => {
    page.stop.disabled = true;
    try {
      await stopBot(state.meeting.platform, state.meeting.native_id);
    } catch (refused) {
      page.stop.disabled = false;
      state.sentence = refused.message;
      draw();
    }
  });
  for (const button of page.exports.querySelectorAll("button[data-format]")) {
    button.addEventListener("click", async () => {
      closeMenu(page.exports);
      try {
        await download(state.meeting, page.title.textContent, button.dataset.format);
        state.sentence = "";
      } catch (refused) {
        state.sentence =
          refused.status === 401 ? "This link has expired. Sign in, or ask for a new one." : refused.message;
      }
      draw();
    });
  }
  page.exports.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeMenu(page.exports);
    }
  });
  const elsewhere = (event) => {
    if (!page.exports.contains(event.target)) {
      page.exports.open = false;
    }
  };
  document.addEventListener("focusin", elsewhere);
  document.addEventListener("pointerdown", elsewhere);
  const keys = (event) => {
    if (event.key === "/" && !page.search.hidden && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName)) {
      event.preventDefault();
      page.find.focus();
    }
  };
  document.addEventListener("keydown", keys);
  if (session.key) {
    nameFromTheList(page, state, meetingId);
  }
  draw();

  return () => {
    feed.close();
    scroll.close();
    search.close();
    cancelAnimationFrame(frame);
    document.removeEventListener("focusin", elsewhere);
    document.removeEventListener("pointerdown", elsewhere);
    document.removeEventListener("keydown", keys);
    badge.hidden = true;
  };
}

function build(signedIn) {
  const page = {
    title: el("h1", {}, "Meeting"),
    platform: el("span"),
    pill: el("span", { class: "status" }),
    stop: el("button", { class: "plain danger", type: "button", hidden: true }, "Stop the bot"),
    find: el("input", { type: "search", id: "find", placeholder: "Find in the transcript", autocomplete: "off" }),
    found: el("span", { class: "found", role: "status" }),
    waiting: el("div", { class: "waiting", hidden: true }),
    log: el("section", { class: "transcript", role: "log", "aria-live": "off", "aria-label": "Transcript" }),
    end: el("p", { class: "note end", hidden: true }),
    people: el("ul", { class: "people" }),
    facts: el("p", { class: "note small" }),
  };
  page.search = el(
    "search",
    { hidden: true },
    el("label", { class: "unseen", for: "find" }, "Find in the transcript"),
    page.find,
  );
  page.exports = el(
    "details",
    { class: "exports", hidden: true },
    el("summary", { class: "button plain" }, "Export"),
    el(
      "div",
      { class: "menu" },
      ...Object.entries(FORMATS).map(([format, label]) =>
        el("button", { type: "button", "data-format": format }, label),
      ),
    ),
  );
  page.tools = el(
    "div",
    { class: "tools" },
    page.found,
    page.search,
    page.exports,
    page.stop,
  );
  page.side = el("aside", { hidden: true, "aria-label": "Speakers" }, el("h2", {}, "Speakers"), page.people, page.facts);
  page.whole = el(
    "div",
    { class: "meeting" },
    el(
      "div",
      { class: "head" },
      el(
        "div",
        { class: "titles" },
        page.title,
        page.pill,
        el(
          "p",
          { class: "platform-name" },
          signedIn ? el("a", { class: "back", href: "#/meetings" }, "Meetings") : null,
          page.platform,
        ),
      ),
      page.tools,
    ),
    page.side,
    el("div", { class: "words-column" }, page.log, page.waiting, page.end),
  );
  return page;
}

/** Keeps the newest words in view, unless the reader has scrolled back or looks for something. */
function followTheEnd(jump, search) {
  let following = true;
  let unread = 0;
  const draw = () => {
    jump.hidden = following;
    jump.textContent = unread > 0 ? `${unread} new · Jump to live` : "Jump to live";
  };
  const onScroll = () => {
    const below = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    following = below < NEAR_END_PX;
    unread = following ? 0 : unread;
    draw();
  };
  const toEnd = () => window.scrollTo({ top: document.documentElement.scrollHeight });
  const onJump = () => {
    following = true;
    unread = 0;
    draw();
    toEnd();
  };
  window.addEventListener("scroll", onScroll, { passive: true });
  jump.addEventListener("click", onJump);
  return {
    follow(news) {
      if (following && !search.isActive) {
        toEnd();
      } else if (news > 0 && !following) {
        unread += news;
        draw();
      }
    },
    close() {
      window.removeEventListener("scroll", onScroll);
      jump.removeEventListener("click", onJump);
      jump.hidden = true;
    },
  };
}

/** Closes the menu, and leaves the keyboard where it was opened from rather than nowhere. */
function closeMenu(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}

function name(page, state, meeting) {
  if (meeting && !state.meeting) {
    state.meeting = meeting;
    page.platform.textContent = platformName(meeting.platform);
    title(page, meeting.native_id ?? `Meeting ${meeting.id}`);
  }
}

/** What is too long for its line can be read by pointing at it. */
function title(page, text) {
  page.title.textContent = text;
  page.title.title = text;
  document.title = `${text} · Earshot`;
}

/** A name that somebody gave the meeting is not in its feed. */
async function nameFromTheList(page, state, meetingId) {
  try {
    const meeting = await call("GET", `/meetings/${meetingId}`);
    name(page, state, { id: meeting.id, platform: meeting.platform, native_id: meeting.native_meeting_id });
    title(page, meetingName(meeting));
  } catch {
    // The feed says what is wrong.
  }
}

/** Seconds from the mouth to the page, by the clocks of both ends. */
function lagOf(frame) {
  const newest = frame.pending.at(-1)?.timing?.ready_at;
  if (!newest) {
    return null;
  }
  const seconds = Date.now() / 1000 - newest / 1e6;
  return seconds > 0 && seconds < 60 ? seconds : null;
}

function drawWaiting(waiting, { status, reason, sentence }, isEmpty) {
  waiting.hidden = !sentence && !isEmpty;
  if (waiting.hidden) {
    return;
  }
  const [title, hint] = WAITING[status] ?? ["Connecting…", ""];
  const why = status === "failed" && reason ? `Reason: ${reason.replaceAll("_", " ")}.` : hint;
  waiting.classList.toggle("quiet", isOver(status) || Boolean(sentence));
  waiting.replaceChildren(
    el("div", { class: "waves", "aria-hidden": "true" }, ...[1, 2, 3, 4, 5].map(() => el("i"))),
    el("p", { class: "lead" }, sentence || title),
    ...(sentence ? [] : [el("p", { class: "note" }, why)]),
  );
}

function drawFacts(facts, transcript) {
  const lost = transcript.lost();
  facts.textContent = lost > 0 ? `${duration(Math.max(1000, lost))} of audio lost` : "";
  facts.hidden = lost === 0;
}

function drawBadge(badge, { state, status, lag, lagAt, stalled }) {
  const fresh = lag != null && Date.now() - lagAt < LAG_SHOWN_MS;
  const live = stalled ? "Delayed" : status === "active" ? "Live" : "Connected";
  const words = {
    connecting: "Connecting…",
    live: isOver(status) ? "Ended" : live,
    lost: "Reconnecting…",
    ended: "Ended",
    refused: "Not connected",
  };
  badge.hidden = false;
  badge.className = `badge ${state === "live" && isOver(status) ? "ended" : stalled ? "lost" : state}`;
  badge.title = stalled
    ? "The server does not hear what is said now; it comes later."
    : lag == null
      ? ""
      : "Time from the spoken word to this page";
  const word = words[state];
  if (badge.firstElementChild?.textContent !== word) {
    badge.replaceChildren(el("span", {}, word), el("span", { "aria-hidden": "true" }));
  }
  // To be seen only: whoever listens to the page would hear of nothing else.
  badge.lastElementChild.textContent = word === "Live" && fresh ? `· ${lag.toFixed(1)} s` : "";
}

function account(data) {
  if (data.captured_ms == null) {
    return "The transcript is complete.";
  }
  const s = (ms) => `${(ms / 1000).toFixed(1)} s`;
  const lost = data.missing_ms > 0 ? `${s(data.missing_ms)} lost` : "nothing lost";
  return `The transcript is complete: ${s(data.transcribed_ms)} of speech, ${s(data.silent_ms)} of silence, ${lost}.`;
}
