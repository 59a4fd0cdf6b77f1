/** Single values as CEL writes them. */
import { readCondition } from '#engine/expression/cel/read.ts'

export type ValueForm = 'text' | 'number' | 'yesno' | 'nothing' | 'formula'

/** A value as CEL. Whole numbers past what CEL keeps exactly are written as decimal ones. */
export function literalText(value: string | number | boolean): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? value.toExponential()
    : String(value)
}

/** Whether a source is a single value, and which. */
export function formOf(source: string): ValueForm {
  if (/^-?\d+(\.\d+)?$/.test(source)) return 'number'
  if (source === 'true' || source === 'false') return 'yesno'
  if (source === 'null') return 'nothing'
  return textValue(source) === undefined ? 'formula' : 'text'
}

/** The text that a source is; empty for anything else. */
export function textIn(source: string): string {
  return textValue(source) ?? ''
}

function textValue(source: string): string | undefined {
  const ast = readCondition(source)
  return 'op' in ast && ast.op === 'value' && typeof ast.args === 'string' ? ast.args : undefined
}
