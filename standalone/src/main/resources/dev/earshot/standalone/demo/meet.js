/* A guest's side of the demo meeting: ask to join, wait, listen, leave. */
(() => {
  const $ = (id) => document.getElementById(id);
  const me = 'guest-' + crypto.randomUUID();
  const tiles = new Map();
  const owners = new Map(); // stream id of a speaker's voice → participant id
  let events = null;
  let connection = null;

  const ENDINGS = {
    denied: 'Somebody in the meeting denied your request to join.',
    removed: 'You have been removed from the meeting.',
    ended: 'The meeting has ended.',
    left: 'You have left the meeting.',
  };

  function show(id) {
    for (const part of ['prejoin', 'waiting', 'call', 'ended']) $(part).hidden = part !== id;
  }

  function send(to, message) {
    return fetch('/api/send', { method: 'POST', body: JSON.stringify({ to, from: me, ...message }), keepalive: true });
  }

  function end(reason) {
    if (events) events.close();
    if (connection) connection.close();
    $('media').replaceChildren();
    $('ended').dataset.reason = reason;
    $('ending').textContent = ENDINGS[reason];
    show('ended');
  }

  // --- who is here ---

  const initials = (name) => name.split(/\s+/).map((word) => word[0]).slice(0, 2).join('').toUpperCase();

  function addTile(person) {
    const tile = document.createElement('article');
    tile.className = 'tile';
    tile.dataset.participantId = person.id;
    tile.dataset.speaking = 'false';
    if (person.id === me) tile.dataset.self = 'true';
    const badge = document.createElement('span');
    badge.className = 'initials';
    const name = document.createElement('span');
    name.className = 'name';
    tile.append(badge, name);
    tiles.set(person.id, tile);
    $('tiles').append(tile);
  }

  function showPeople(people) {
    const here = new Set(people.map((person) => person.id));
    for (const [id, tile] of tiles) {
      if (here.has(id)) continue;
      tile.remove();
      tiles.delete(id);
    }
    for (const person of people) {
      if (person.stream) owners.set(person.stream, person.id);
      if (!tiles.has(person.id)) addTile(person);
      const tile = tiles.get(person.id);
      tile.querySelector('.initials').textContent = initials(person.name);
      tile.querySelector('.name').textContent = person.name;
    }
    $('count').textContent = String(tiles.size);
  }

  function showSpeaking(id, on) {
    const tile = tiles.get(id);
    if (tile) tile.dataset.speaking = String(on);
  }

  // --- what they say ---

  function play(event) {
    const audio = document.createElement('audio');
    audio.autoplay = true;
    audio.srcObject = event.streams[0];
    audio.dataset.participantId = owners.get(event.streams[0].id) || '';
    $('media').append(audio);
    event.track.addEventListener('mute', () => event.track.readyState === 'ended' && audio.remove());
    audio.play().catch(() => {}); // the browser's autoplay rule: the guest has clicked, so this does not happen
  }

  async function answer(offer) {
    if (!connection) {
      connection = new RTCPeerConnection();
      connection.addEventListener('track', play);
    }
    await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    await connection.setLocalDescription(await connection.createAnswer());
    if (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState === 'complete') resolve();
        });
      });
    }
    await send('host', { type: 'answer', sdp: connection.localDescription.sdp });
  }

  // --- the way in and out ---

  const handlers = {
    admitted: () => {
      show('call');
      send('host', { type: 'entered' });
    },
    denied: () => end('denied'),
    removed: () => end('removed'),
    ended: () => end('ended'),
    people: (message) => showPeople(message.people),
    speaking: (message) => showSpeaking(message.id, message.on),
    offer: answer,
  };

  function knock(name) {
    show('waiting');
    events = new EventSource('/api/events?id=' + me + '&name=' + encodeURIComponent(name));
    events.onmessage = (event) => {
      const message = JSON.parse(event.data);
      const handler = handlers[message.type];
      if (handler) handler(message);
    };
  }

  function leave() {
    send('host', { type: 'left' });
    end('left');
  }

  $('join').addEventListener('submit', (event) => {
    event.preventDefault();
    const name = $('name').value.trim();
    if (name) knock(name);
  });
  $('leave').addEventListener('click', leave);
  $('cancel').addEventListener('click', leave);
})();
