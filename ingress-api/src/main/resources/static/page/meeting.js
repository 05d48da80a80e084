import { call, session } from "./api.js";
import { el, isOver, platformName, statusPill } from "./dom.js";
import { Feed } from "./feed.js";
import { Transcript } from "./transcript.js";

const WAITING = {
  requested: "The bot is on its way.",
  joining: "The bot is joining the meeting.",
  awaiting_admission: "The bot waits to be let in: somebody in the meeting has to admit it.",
  needs_human_help: "The bot is stuck at the door and needs somebody's help.",
  active: "The bot listens. Words appear here as they are said.",
  stopping: "The bot is leaving.",
  completed: "The meeting is over. Nothing was said.",
  failed: "The bot did not get into the meeting.",
};

const NEAR_END_PX = 120;

/** The live view of one meeting; returns what ends it. */
export function showMeeting(view, meetingId, badge, jump) {
  const spoken = document.getElementById("spoken");
  spoken.replaceChildren();
  const title = el("h1", {}, "Meeting");
  const pill = el("span");
  const stop = el("button", { class: "danger", type: "button", hidden: true }, "Stop the bot");
  const note = el("p", { class: "note" }, "");
  const log = el("section", { class: "transcript", role: "log", "aria-live": "off", "aria-label": "Transcript" });
  const end = el("p", { class: "note end", hidden: true });
  view.replaceChildren(el("div", { class: "head" }, title, pill, el("span", { class: "spacer" }), stop), note, log, end);

  const transcript = new Transcript(log, spoken);
  const state = { status: "", state: "connecting", lag: null, following: true, meeting: null };

  const draw = () => {
    pill.replaceChildren(...(state.status ? [statusPill(state.status)] : []));
    stop.hidden = !(session.key && state.meeting && state.status && !isOver(state.status) && state.status !== "stopping");
    note.textContent = state.sentence ?? (transcript.isEmpty ? (WAITING[state.status] ?? "Connecting…") : "");
    note.hidden = note.textContent === "";
    drawBadge(badge, state);
  };
  const follow = () => {
    if (state.following) {
      window.scrollTo({ top: document.documentElement.scrollHeight });
    } else {
      jump.hidden = false;
    }
  };
  const onScroll = () => {
    const below = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    state.following = below < NEAR_END_PX;
    jump.hidden = state.following;
  };
  const onJump = () => {
    state.following = true;
    jump.hidden = true;
    follow();
  };
  window.addEventListener("scroll", onScroll, { passive: true });
  jump.addEventListener("click", onJump);
  stop.addEventListener("click", async () => {
    stop.disabled = true;
    try {
      await call("DELETE", `/bots/${state.meeting.platform}/${encodeURIComponent(state.meeting.native_id)}`);
    } catch (refused) {
      state.sentence = refused.message;
      draw();
    }
  });

  const feed = new Feed(meetingId, {
    state(name, sentence) {
      state.state = name;
      state.sentence = sentence;
      draw();
    },
    event(type, data) {
      state.meeting = data.meeting ?? state.meeting;
      title.textContent = `${platformName(state.meeting.platform)} ${state.meeting.native_id ?? ""}`;
      document.title = `${title.textContent} · Earshot`;
      if (type === "transcript") {
        transcript.take(data);
        state.lag = lagOf(data) ?? state.lag;
        follow();
      } else if (type === "transcript.gap") {
        transcript.gap(data);
        follow();
      } else if (type === "meeting.status") {
        state.status = data.payload.status;
      } else if (type === "transcript.complete") {
        end.hidden = false;
        end.textContent = account(data);
        follow();
      }
      draw();
    },
  });
  draw();

  return () => {
    feed.close();
    window.removeEventListener("scroll", onScroll);
    jump.removeEventListener("click", onJump);
    jump.hidden = true;
    badge.hidden = true;
  };
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

function drawBadge(badge, { state, status, lag }) {
  const words = {
    connecting: "Connecting…",
    live: isOver(status) ? "Ended" : lag == null ? "Live" : `Live · ${lag.toFixed(1)} s`,
    lost: "Reconnecting…",
    ended: "Ended",
    refused: "Not connected",
  };
  badge.hidden = false;
  badge.className = `badge ${state === "live" && isOver(status) ? "ended" : state}`;
  badge.textContent = words[state];
}

function account(data) {
  if (data.captured_ms == null) {
    return "The transcript is complete.";
  }
  const s = (ms) => `${(ms / 1000).toFixed(1)} s`;
  const lost = data.missing_ms > 0 ? `${s(data.missing_ms)} lost` : "nothing lost";
  return `The transcript is complete: ${s(data.transcribed_ms)} of speech, ${s(data.silent_ms)} of silence, ${lost}.`;
}
