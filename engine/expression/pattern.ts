/**
 * Regular expressions in linear time (RE2 syntax): a backtracking engine would let one message stall the process.
 * Linear is not free: time grows with pattern and text together, so the pattern, its program and the text are each
 * bounded.
 */
import { RE2JS } from 're2js'
import { BUDGET, SPENT, spend, type Frame } from './budget.ts'
import { fault, type Failure } from './failure.ts'

export type Pattern = (text: string, frame: Frame) => boolean | Failure

const TOO_LONG = fault(`a text of more than ${BUDGET.matched} characters cannot be held against a pattern`)

/** Compiles a pattern that is found anywhere in a text, or says in words what is wrong with it. */
export function compilePattern(source: string): Pattern | string {
  if (source.length > BUDGET.pattern) return `The pattern has more than ${BUDGET.pattern} characters.`
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(source)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : 'it cannot be read'
    return `The pattern is not one that RE2 knows: ${why}. Look-around and back references do not exist.`
  }
  const size = compiled.programSize()
  if (size > BUDGET.program) return 'The pattern repeats too much; use smaller counts.'
  return (text, frame) => {
    if (text.length > BUDGET.matched) return TOO_LONG
    if (!spend(frame, 1 + ((text.length * size) >> 6))) return SPENT
    return compiled.matcher(text).find()
  }
}
