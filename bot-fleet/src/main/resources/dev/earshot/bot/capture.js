/*
 * Reads every remote audio track of a meeting page and hands it to the bot.
 *
 * Runs in the page's main world before the page's own scripts, in one function together with the platform's script and
 * roster.js. It loads nothing, evaluates nothing and opens no socket, so no Content-Security-Policy and no Trusted Types
 * can stop it. Everything leaves through one DevTools binding, as text, one call per task:
 *
 *   a|<track>|<sequence>|<first sample captured at, microseconds since the epoch>|<lost samples>|<base64 of s16le, 16 kHz>
 *   j|<json>    {type: 'page' | 'track' | 'ended' | 'beat' | 'people' | 'owner' | 'presence', …}
 *
 * Nothing in here may throw into the page, and nothing may end a read loop but the end of its track.
 */
const capture = ((config) => {
  const RATE = 16000;
  const BURST = 1600; // 100 ms: small against the delay of recognition, large against the cost of a call
  const QUEUE_FRAMES = 500; // 5 s of 10 ms frames; with the default a busy page loses seconds
  const FILL_BEHIND = 640; // samples behind the track's clock that count as lost: 40 ms
  const ERRORS_KEPT = 50;

  const state = { tracks: [], errors: [], unsent: 0 };
  const epochMillis = () => performance.timeOrigin + performance.now();

  function note(where, error) {
    if (state.errors.length < ERRORS_KEPT) state.errors.push(`${where}: ${error}`);
  }

  // --- transport: lines are gathered and leave together at the end of the current task ---

  const lines = [];
  const flushSoon = new MessageChannel();
  let flushing = false;
  flushSoon.port1.onmessage = () => {
    flushing = false;
    const text = lines.splice(0).join('\n');
    try {
      window[config.binding](text);
    } catch (error) {
      state.unsent++;
      note('send', error);
    }
  };

  function send(line) {
    lines.push(line);
    if (!flushing) {
      flushing = true;
      flushSoon.port2.postMessage(0);
    }
  }

  const tell = (message) => send('j|' + JSON.stringify(message));

  function base64(bytes) {
    if (bytes.toBase64) return bytes.toBase64();
    return btoa(String.fromCharCode.apply(null, bytes));
  }

  // --- any rate to 16 kHz: polyphase windowed sinc, the nearest of 128 phases ---

  function resampler(rate, put) {
    const PHASES = 128;
    const step = rate / RATE;
    const half = Math.ceil(8 * step);
    const taps = 2 * half;
    const cutoff = Math.min(0.45, 7300 / rate);
    const filters = [];
    for (let phase = 0; phase <= PHASES; phase++) {
      const filter = new Float32Array(taps);
      let sum = 0;
      for (let i = 0; i < taps; i++) {
        const x = i - half + 1 - phase / PHASES;
        if (Math.abs(x) >= half) continue;
        const hann = 0.5 + 0.5 * Math.cos((Math.PI * x) / half);
        const sinc = x === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
        filter[i] = sinc * hann;
        sum += filter[i];
      }
      for (let i = 0; i < taps; i++) filter[i] /= sum;
      filters.push(filter);
    }
    let pending = new Float32Array(half - 1); // the first output is the first input
    let position = 0;
    return (input) => {
      const samples = new Float32Array(pending.length + input.length);
      samples.set(pending);
      samples.set(input, pending.length);
      let start = Math.floor(position);
      while (start + taps <= samples.length) {
        const filter = filters[Math.round((position - start) * PHASES)];
        let sum = 0;
        for (let i = 0; i < taps; i++) sum += filter[i] * samples[start + i];
        put(sum);
        position += step;
        start = Math.floor(position);
      }
      pending = samples.slice(start);
      position -= start;
    };
  }

  // --- one track: frames in, bursts out, holes filled by the track's own clock ---

  function burstWriter(track) {
    let burst = new Int16Array(BURST);
    let length = 0;
    let lost = 0;
    let made = 0;
    const writer = {
      startMillis: 0, // wall clock of the track's first sample
      made: () => made,
      put(value) {
        const clipped = Math.max(-1, Math.min(1, value));
        burst[length++] = clipped < 0 ? clipped * 32768 : clipped * 32767;
        made++;
        if (length === BURST) writer.flush();
      },
      fill(samples) {
        for (let i = 0; i < samples; i++) {
          lost++;
          writer.put(0);
        }
      },
      flush() {
        if (length === 0) return;
        const first = made - length;
        const capturedAt = Math.round(writer.startMillis * 1000 + first * 62.5);
        const bytes = new Uint8Array(burst.buffer, 0, length * 2);
        send(`a|${track.number}|${track.sequence++}|${capturedAt}|${Math.min(lost, length)}|${base64(bytes)}`);
        burst = new Int16Array(BURST);
        length = 0;
        lost = 0;
      },
    };
    return writer;
  }

  function monoReader() {
    let mono = new Float32Array(0);
    let other = new Float32Array(0);
    return (data) => {
      if (mono.length !== data.numberOfFrames) {
        mono = new Float32Array(data.numberOfFrames);
        other = new Float32Array(data.numberOfFrames);
      }
      data.copyTo(mono, { planeIndex: 0, format: 'f32-planar' });
      if (data.numberOfChannels > 1) {
        data.copyTo(other, { planeIndex: 1, format: 'f32-planar' });
        for (let i = 0; i < mono.length; i++) mono[i] = 0.5 * (mono[i] + other[i]);
      }
      return mono;
    };
  }

  async function read(media, track) {
    const frames = new MediaStreamTrackProcessor({ track: media, maxBufferSize: QUEUE_FRAMES }).readable.getReader();
    const writer = burstWriter(track);
    const toMono = monoReader();
    let resample = null;
    let rate = 0;
    let firstTimestamp = null;
    for (;;) {
      const { value: data, done } = await frames.read();
      if (done) break;
      const millis = (data.numberOfFrames / data.sampleRate) * 1000;
      if (firstTimestamp === null) {
        firstTimestamp = data.timestamp;
        writer.startMillis = epochMillis() - millis;
      }
      if (rate !== data.sampleRate) {
        rate = data.sampleRate;
        resample = resampler(rate, writer.put);
      }
      // A frame can be late but never early: the earliest arrival tells best when the track began.
      const sinceFirst = (data.timestamp - firstTimestamp) / 1000;
      writer.startMillis = Math.min(writer.startMillis, epochMillis() - millis - sinceFirst);
      const behind = Math.round(sinceFirst * (RATE / 1000)) - writer.made();
      if (behind > FILL_BEHIND) writer.fill(behind);
      const samples = toMono(data);
      data.close();
      resample(samples);
    }
    writer.flush();
  }

  const seen = new WeakSet();

  function tap(media, source) {
    if (media.kind !== 'audio' || seen.has(media)) return;
    seen.add(media);
    // A clone goes on when the page disables its own track or stops it to save work.
    const clone = media.clone();
    seen.add(clone);
    const track = { number: state.tracks.length, id: media.id, media, sequence: 0, live: true };
    state.tracks.push(track);
    media.addEventListener('ended', () => clone.stop());
    tell({ type: 'track', track: track.number, id: media.id, source });
    read(clone, track)
      .catch((error) => note('track ' + track.number, error))
      .finally(() => {
        track.live = false;
        tell({ type: 'ended', track: track.number });
      });
  }

  function guarded(where, action) {
    return (...args) => {
      try {
        action(...args);
      } catch (error) {
        note(where, error);
      }
    };
  }

  // --- hook 1: tracks that a peer connection receives ---

  function hookPeerConnections() {
    const Native = window.RTCPeerConnection;
    if (!Native) return;
    const onTrack = guarded('track event', (event) => tap(event.track, 'peer'));
    window.RTCPeerConnection = new Proxy(Native, {
      construct(target, args, newTarget) {
        const connection = Reflect.construct(target, args, newTarget === window.RTCPeerConnection ? target : newTarget);
        connection.addEventListener('track', onTrack);
        return connection;
      },
    });
  }

  // --- hook 2: tracks that play in an element, however they came there ---

  function scanElements() {
    for (const element of document.querySelectorAll('audio, video')) {
      const stream = element.srcObject;
      if (!stream || !stream.getAudioTracks || element.muted) continue;
      for (const media of stream.getAudioTracks()) {
        if (media.readyState === 'live') tap(media, 'element');
      }
    }
  }

  // --- hook 3: sound that a page mixes itself and sends to the speakers without any track ---

  function hookSpeakers() {
    if (!window.AudioNode) return;
    const connect = AudioNode.prototype.connect;
    const disconnect = AudioNode.prototype.disconnect;
    const mirrors = new WeakMap();
    const mirror = guarded('speakers', (node, output) => {
      const context = node.context;
      if (context instanceof OfflineAudioContext) return;
      if (!mirrors.has(context)) {
        const destination = context.createMediaStreamDestination();
        mirrors.set(context, destination);
        tap(destination.stream.getAudioTracks()[0], 'mix');
      }
      connect.call(node, mirrors.get(context), ...output);
    });
    AudioNode.prototype.connect = function (destination, ...output) {
      const result = connect.call(this, destination, ...output);
      if (destination instanceof AudioDestinationNode) mirror(this, output.slice(0, 1));
      return result;
    };
    AudioNode.prototype.disconnect = function (...args) {
      const mirrored = mirrors.get(this.context);
      if (mirrored && args[0] instanceof AudioDestinationNode) {
        try {
          disconnect.call(this, mirrored);
        } catch (error) {
          note('speakers', error); // it was connected before the hook
        }
      }
      return disconnect.apply(this, args);
    };
  }

  // --- heartbeat: says that the page lives, in silence too ---

  function beat() {
    tell({
      type: 'beat',
      tracks: state.tracks.filter((track) => track.live).length,
      unsent: state.unsent,
      errors: state.errors.splice(0),
    });
  }

  if (typeof MediaStreamTrackProcessor === 'undefined') note('start', 'this browser has no MediaStreamTrackProcessor');
  tell({ type: 'page' });
  hookPeerConnections();
  hookSpeakers();
  setInterval(guarded('scan', scanElements), 1000);
  setInterval(guarded('beat', beat), 1000);
  beat();

  return { tracks: state.tracks, tell, guarded };
})(config);
