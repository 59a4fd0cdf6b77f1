/** A short ring of two tones. A browser plays nothing before the first click or key on the page. */
let context: AudioContext | undefined

export function ring(): void {
  try {
    context ??= new AudioContext()
    const { currentTime } = context
    tone(context, 659, currentTime)
    tone(context, 880, currentTime + 0.16)
  } catch {
    return
  }
}

function tone(audio: AudioContext, frequency: number, at: number): void {
  const [source, volume] = [audio.createOscillator(), audio.createGain()]
  source.type = 'sine'
  source.frequency.value = frequency
  volume.gain.setValueAtTime(0.0001, at)
  volume.gain.exponentialRampToValueAtTime(0.16, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.34)
  source.connect(volume).connect(audio.destination)
  source.start(at)
  source.stop(at + 0.36)
}
