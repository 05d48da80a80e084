import { call, session } from "./api.js";

const RETRY_MS = 2000;
const EVENTS = [
  "transcript",
  "meeting.status",
  "transcript.gap",
  "transcript.missing",
  "transcript.complete",
  "transcript.unknown",
  "health",
];

/**
 * Follows a meeting until it ends or is closed. Tells `on.event(type, data)`, and `on.state(state)` with one of connecting,
 * live, lost, ended, refused. Comes back by itself from where it was.
 */
export class Feed {
  constructor(meetingId, on) {
    this.meetingId = meetingId;
    this.on = on;
    this.cursor = 0;
    this.closed = false;
    this.connect();
  }

  async connect() {
    if (this.closed) {
      return;
    }
    this.on.state(this.cursor === 0 ? "connecting" : "lost");
    let token = session.streamToken(this.meetingId);
    if (session.key) {
      try {
        token = (await call("POST", `/meetings/${this.meetingId}/stream-token`)).token;
        session.keepStreamToken(this.meetingId, token);
      } catch (refused) {
        if (refused.status === 0 || refused.status === 429 || refused.status >= 500) {
          this.later();
        } else {
          this.finish("refused", refused.message);
        }
        return;
      }
    }
    if (!token) {
      this.finish("refused", "Sign in to read this meeting.");
      return;
    }
    if (!this.closed) {
      this.open(token);
    }
  }

  open(token) {
    const address = `/meetings/${this.meetingId}/events?after=${this.cursor}&token=${encodeURIComponent(token)}`;
    const source = new EventSource(address);
    this.source = source;
    source.onopen = () => this.on.state("live");
    for (const type of EVENTS) {
      source.addEventListener(type, (event) => this.take(type, event));
    }
    source.addEventListener("stream.token", (event) => {
      session.keepStreamToken(this.meetingId, JSON.parse(event.data).token);
    });
    source.onerror = () => {
      if (this.closed) {
        return;
      }
      // A new connection instead of the browser's own: it carries the newest token and the newest cursor.
      source.close();
      this.on.state("lost");
      this.probe(address.replace(/after=\d+/, `after=${this.cursor}`).replace(/token=.*/, ""));
    };
  }

  take(type, event) {
    if (event.lastEventId) {
      this.cursor = Math.max(this.cursor, Number(event.lastEventId));
    }
    this.on.event(type, JSON.parse(event.data));
  }

  /** An EventSource does not say why it failed; a plain request does. */
  async probe(address) {
    const abort = new AbortController();
    try {
      const token = session.streamToken(this.meetingId);
      const response = await fetch(`${address}token=${encodeURIComponent(token ?? "")}`, {
        signal: abort.signal,
        cache: "no-store",
      });
      const status = response.status;
      abort.abort();
      if (status === 204) {
        this.finish("ended");
      } else if (status === 401 && !session.key) {
        this.finish("refused", "This link has expired. Sign in, or ask for a new one.");
      } else if (status === 404) {
        this.finish("refused", "There is no such meeting.");
      } else {
        this.later();
      }
    } catch {
      this.later();
    }
  }

  later() {
    this.on.state("lost");
    this.timer = setTimeout(() => this.connect(), RETRY_MS * (0.5 + Math.random()));
  }

  finish(state, sentence) {
    if (!this.closed) {
      this.close();
      this.on.state(state, sentence);
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.source?.close();
  }
}
