// A short sound, which a browser lets a page make only after a tap.

let audio;

export function unlockBeep() {
  audio ??= new AudioContext();
  audio.resume();
}

export function beep() {
  if (audio?.state !== "running") return;
  for (const start of [audio.currentTime, audio.currentTime + 0.3]) {
    const tone = new OscillatorNode(audio, { frequency: 880 });
    const volume = new GainNode(audio, { gain: 0.4 });
    volume.gain.setTargetAtTime(0, start + 0.15, 0.02);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.25);
  }
}
