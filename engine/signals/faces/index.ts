/**
 * THE list: what a trigger can watch, in the order designers see it. A face without a signal that hears (`../index.ts`)
 * does not compile.
 */
import { z } from 'zod'
import { botAskedFace } from './botAsked.ts'
import { botSilentFace } from './botSilent.ts'
import { explicitRequestFace } from './explicitRequest.ts'
import { fallbacksFace } from './fallbacks.ts'
import { loopFace } from './loop.ts'
import { lowConfidenceFace } from './lowConfidence.ts'
import { sentimentFace } from './sentiment.ts'
import { shoutingFace } from './shouting.ts'
import { shrinkingFace } from './shrinking.ts'
import { topicFace } from './topic.ts'
import { turnsFace } from './turns.ts'
import { valueFace } from './value.ts'

export const signalFaces = {
  explicitRequest: explicitRequestFace,
  lowConfidence: lowConfidenceFace,
  sentiment: sentimentFace,
  loop: loopFace,
  topic: topicFace,
  fallbacks: fallbacksFace,
  turns: turnsFace,
  shouting: shoutingFace,
  shrinking: shrinkingFace,
  value: valueFace,
  botSilent: botSilentFace,
  botAsked: botAskedFace,
} as const

export type SignalName = keyof typeof signalFaces

/** The names in the list's order. */
export const signalNames: readonly SignalName[] = Object.values(signalFaces).map((face) => face.name)

const { explicitRequest: first, ...others } = signalFaces

/** One signal as a flow sets it: its name and its figures. */
export const signalConfig = z.discriminatedUnion('signal', [
  first.config,
  ...Object.values(others).map((face) => face.config),
])
export type SignalConfig = z.output<typeof signalConfig>

export type { Face, Field } from './face.ts'
