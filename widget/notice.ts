/**
 * What calls a customer who looks elsewhere: a soft sound and a mark in the page's title. Laws: only the tab that
 * leads makes the sound; what another tab shows has been read there a moment later and makes none; the page's title is
 * its own again as soon as nothing is unread.
 */
import type { Keep } from './keep.ts'

/** So long do other tabs have to say that they show it. */
const MOMENT = 400
/** Many messages at once are one sound. */
const REST = 3_000

export function createNotice(keep: Keep) {
  let audio: AudioContext | undefined
  let heardAt = 0
  const mark = /^\(\d+\) /

  return {
    /** Browsers let a page sound only once the customer has touched it. */
    touched(): void {
      if (typeof AudioContext !== 'undefined') audio ??= new AudioContext()
    },
    ring(seq: number): void {
      setTimeout(() => {
        const wasRead = Number(keep.get('read') ?? 0) >= seq
        if (wasRead || keep.get('sound') === false || Date.now() - heardAt < REST) return
        heardAt = Date.now()
        if (audio) play(audio)
      }, MOMENT)
    },
    title(unread: number): void {
      const plain = document.title.replace(mark, '')
      const title = unread > 0 && document.hidden ? `(${unread}) ${plain}` : plain
      if (title !== document.title) document.title = title
    },
  }
}

/** Two short tones that swell and fade. */
function play(audio: AudioContext): void {
  for (const [index, frequency] of [660, 880].entries()) {
    const start = audio.currentTime + index * 0.11
    const tone = new OscillatorNode(audio, { frequency })
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setValueCurveAtTime([0, 0.08, 0.03, 0.01, 0], start, 0.22)
    tone.connect(volume).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 0.24)
  }
}
