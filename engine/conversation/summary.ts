import type { MachineContext, Memory } from '../step/snapshot.ts'

/** Who, about what, why, and the last words: one line a person reads in two seconds. */
export function summaryOf(context: MachineContext, memory: Memory): string {
  if (memory.botSummary !== null) return oneLine(memory.botSummary, 240)
  const { name } = context.customer
  const who = typeof name === 'string' && name !== '' ? name : 'The customer'
  const about = memory.topic === null ? '' : ` about ${memory.topic.replaceAll(/[_-]/g, ' ')}`
  const said = memory.lastText === null ? '' : `, last: “${oneLine(memory.lastText, 120)}”`
  const turns = memory.turns === 1 ? 'after 1 message' : `after ${memory.turns} messages`
  return `${who}${about}: ${oneLine(lowerFirst(context.reason?.sentence ?? 'no reason is known'), 160)}, ${turns}${said}`
}

function oneLine(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
