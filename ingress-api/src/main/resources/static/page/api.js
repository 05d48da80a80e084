const KEY = "earshot.key";

/** The key lives as long as the tab. */
export const session = {
  get key() {
    return sessionStorage.getItem(KEY);
  },
  set key(key) {
    if (key) {
      sessionStorage.setItem(KEY, key);
    } else {
      sessionStorage.removeItem(KEY);
    }
  },
  streamToken(meetingId) {
    return sessionStorage.getItem(`earshot.token.${meetingId}`);
  },
  keepStreamToken(meetingId, token) {
    sessionStorage.setItem(`earshot.token.${meetingId}`, token);
  },
};

/** What the server said no with, in a sentence. */
export class Refused extends Error {
  constructor(status, detail) {
    super(Array.isArray(detail) ? detail.map((d) => d.msg.replace(/^Value error, /, "")).join(". ") : detail);
    this.status = status;
  }
}

export async function call(method, path, body) {
  const headers = { Accept: "application/json" };
  if (session.key) {
    headers["X-API-Key"] = session.key;
  }
  if (body) {
    headers["Content-Type"] = "application/json";
  }
  const response = await send(path, { method, headers, body: body && JSON.stringify(body) });
  return response.status === 204 ? null : response.json();
}

/** Fetches what is no JSON of a meeting, with the key, or with the token of whoever has none. */
export async function fetchFile(path, meetingId) {
  const response = session.key
    ? await send(path, { headers: { "X-API-Key": session.key } })
    : await send(`${path}&token=${encodeURIComponent(session.streamToken(meetingId) ?? "")}`, {});
  return response.blob();
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, cache: "no-store" });
  } catch {
    throw new Refused(0, "The server cannot be reached.");
  }
  if (!response.ok) {
    const answer = await response.json().catch(() => null);
    throw new Refused(response.status, answer?.detail ?? `The server answered ${response.status}.`);
  }
  return response;
}
