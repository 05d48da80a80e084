/**
 * What is for good on the page, as a file. An entry is `{speaker, text, at, until, clock}`, times in milliseconds; the first
 * entry is at 0.
 */
export const FORMATS = {
  txt: { label: "Text", type: "text/plain", write: plainText },
  vtt: { label: "WebVTT", type: "text/vtt", write: webVtt },
  srt: { label: "SRT", type: "application/x-subrip", write: subRip },
  json: { label: "JSON", type: "application/json", write: (entries) => JSON.stringify(entries, null, 2) + "\n" },
};

/** Hands a file to the reader. */
export function download(name, format, entries) {
  const start = entries.length > 0 ? entries[0].at : 0;
  const relative = entries.map((entry) => ({ ...entry, at: entry.at - start, until: entry.until - start }));
  const { type, write } = FORMATS[format];
  const address = URL.createObjectURL(new Blob([write(relative)], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, "-")}.${format}`;
  link.click();
  // The download has begun by then; the memory is not needed for ever.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function plainText(entries) {
  return entries.map((e) => `[${stamp(e.at, ".").slice(0, 8)}] ${e.speaker}: ${e.text}\n`).join("");
}

function webVtt(entries) {
  const cues = entries.map(
    (e) => `${stamp(e.at, ".")} --> ${stamp(e.until, ".")}\n<v ${escape(e.speaker)}>${escape(e.text)}\n`,
  );
  return `WEBVTT\n\n${cues.join("\n")}`;
}

function subRip(entries) {
  return entries
    .map((e, i) => `${i + 1}\n${stamp(e.at, ",")} --> ${stamp(e.until, ",")}\n${e.speaker}: ${oneLine(e.text)}\n`)
    .join("\n");
}

function oneLine(text) {
  return text.replace(/\s+/g, " ");
}

function escape(text) {
  return oneLine(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function stamp(ms, point) {
  const two = (n) => String(n).padStart(2, "0");
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${clock}${point}${String(Math.round(ms) % 1000).padStart(3, "0")}`;
}
