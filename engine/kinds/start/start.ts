import { defineKind } from '../kind.ts'
import { startFace } from './face.ts'

export const start = defineKind(startFace, {
  fragment: () => ({ always: [{ to: { outlet: 'next', otherwise: 'rescue' } }] }),
})
