// A page that mixes its sound by itself and holds its main thread up, as real meeting pages do.
(async () => {
  const context = new AudioContext({ sampleRate: 44100 });
  await context.resume();
  const tone = new OscillatorNode(context, { frequency: 440 });
  tone.connect(new GainNode(context, { gain: 0.5 })).connect(context.destination);
  tone.start();
  setTimeout(() => {
    const end = performance.now() + 1000;
    while (performance.now() < end);
  }, 2000);
})();
