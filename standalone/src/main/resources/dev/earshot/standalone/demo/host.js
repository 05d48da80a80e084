/*
 * The demo meeting's host: lets guests in, plays every speaker's turns, and sends each guest one audio track per speaker,
 * as a selective forwarding unit would. Runs in its own headless browser, driven by DemoMeeting through window.host.
 */
(async () => {
  const settings = Object.fromEntries(new URLSearchParams(location.search));
  const SPEAKING_ABOVE = 1e-5; // mean square; synthetic voices pause in true silence
  const HANGOVER_MILLIS = 350;
  const LEAD_SECONDS = 2.5; // from the first connection to the first word: jitter buffers settle while it is quiet

  const send = (to, message) =>
    fetch('/api/send', { method: 'POST', body: JSON.stringify({ to, from: 'host', ...message }) });
  const report = (message) => fetch('/api/host', { method: 'POST', body: JSON.stringify(message) });

  // --- the speakers ---

  const context = new AudioContext({ sampleRate: 48000, latencyHint: 'playback', sinkId: { type: 'none' } });
  await context.resume();
  const script = await (await fetch('/speech/script.json')).json();
  const wanted = script.speakers.slice(0, Number(settings.speakers));
  const speakers = [];
  for (const [index, { name }] of wanted.entries()) {
    const voice = context.createMediaStreamDestination();
    const meter = context.createAnalyser();
    meter.fftSize = 1024;
    const turns = [];
    for (const turn of script.turns.filter((candidate) => candidate.speaker === name)) {
      const wav = await (await fetch('/speech/' + turn.file)).arrayBuffer();
      turns.push({ at: turn.startMs / 1000, sound: await context.decodeAudioData(wav) });
    }
    speakers.push({ id: 'speaker-' + (index + 1), name, voice, meter, turns, speaking: false, heardAt: 0, here: true });
  }
  const scriptSeconds = Math.max(...speakers.flatMap((s) => s.turns.map((turn) => turn.at + turn.sound.duration)));

  let started = false;

  function speak() {
    if (started) return;
    started = true;
    playFrom(context.currentTime + LEAD_SECONDS);
  }

  function playFrom(start) {
    for (const speaker of speakers) {
      for (const turn of speaker.turns) {
        const source = context.createBufferSource();
        source.buffer = turn.sound;
        source.connect(speaker.voice);
        source.connect(speaker.meter);
        source.start(start + turn.at);
      }
    }
    const now = performance.timeOrigin + performance.now();
    report({ type: 'started', at: now + (start - context.currentTime) * 1000 });
    setTimeout(() => finished(start), (start - context.currentTime + scriptSeconds) * 1000);
  }

  function finished(start) {
    // On a busy machine sound plays late: its own clock says whether it is over.
    const left = start + scriptSeconds - context.currentTime;
    if (left > 0) {
      setTimeout(() => finished(start), Math.max(50, left * 1000));
      return;
    }
    if (settings.loop === 'true') {
      playFrom(start + scriptSeconds + LEAD_SECONDS);
      return;
    }
    report({ type: 'finished' });
  }

  const samples = new Float32Array(1024);
  setInterval(() => {
    const now = performance.now();
    for (const speaker of speakers) {
      speaker.meter.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
      if (power > SPEAKING_ABOVE) speaker.heardAt = now;
      const speaking = speaker.heardAt > 0 && now - speaker.heardAt < HANGOVER_MILLIS;
      if (speaking === speaker.speaking) continue;
      speaker.speaking = speaking;
      send('guests', { type: 'speaking', id: speaker.id, on: speaking });
    }
  }, 50);

  // --- the guests ---

  const guests = new Map();

  function people() {
    return [
      ...speakers.filter((s) => s.here).map((s) => ({ id: s.id, name: s.name, stream: s.voice.stream.id })),
      ...[...guests.values()].filter((g) => g.entered).map((g) => ({ id: g.id, name: g.name })),
    ];
  }

  const tellPeople = () => send('guests', { type: 'people', people: people() });

  async function gathered(connection) {
    if (connection.iceGatheringState === 'complete') return;
    await new Promise((resolve) => {
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve();
      });
    });
  }

  async function connect(guest) {
    guest.entered = true;
    await tellPeople();
    const connection = new RTCPeerConnection();
    guest.connection = connection;
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'connected') speak();
    });
    for (const { voice } of speakers) connection.addTrack(voice.stream.getAudioTracks()[0], voice.stream);
    await connection.setLocalDescription(await connection.createOffer());
    await gathered(connection);
    send(guest.id, { type: 'offer', sdp: connection.localDescription.sdp });
  }

  function part(id) {
    const guest = guests.get(id);
    if (!guest) return;
    guests.delete(id);
    if (guest.connection) guest.connection.close();
    tellPeople();
  }

  function admit({ from, name }) {
    guests.set(from, { id: from, name, entered: false, connection: null });
    if (settings.admission === 'NEVER') return;
    const type = settings.admission === 'DENY' ? 'denied' : 'admitted';
    setTimeout(() => send(from, { type }), Number(settings.admissionDelayMs));
  }

  const handlers = {
    knock: admit,
    entered: ({ from }) => guests.has(from) && connect(guests.get(from)),
    answer: ({ from, sdp }) => guests.get(from)?.connection?.setRemoteDescription({ type: 'answer', sdp }),
    left: ({ from }) => part(from),
    gone: ({ from }) => part(from),
    // Commands of DemoMeeting:
    remove: async () => {
      await send('guests', { type: 'removed' });
      [...guests.keys()].forEach(part);
    },
    end: () => send('guests', { type: 'ended' }),
    depart: () => {
      speakers.forEach((speaker) => (speaker.here = false));
      tellPeople();
    },
  };

  const events = new EventSource('/api/events?id=host');
  events.onmessage = (event) => {
    const message = JSON.parse(event.data);
    const handler = handlers[message.type];
    if (handler) handler(message);
  };
  events.onopen = () => report({ type: 'ready' });
})();
