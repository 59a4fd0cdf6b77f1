/** A text of the flow as the engine reads it: what is wrong with it, or how it reads with sample values. */
import { compileTemplate } from '#engine/expression/index.ts'
import { sampleScope, type Sampled } from './sample.ts'

export interface TextToRead extends Sampled {
  readonly source: string
}

/** Neither: a plain text reads as it is written. */
export interface TextRead {
  readonly faults?: string
  readonly preview?: string
}

export function readText({ source, ...sampled }: TextToRead): TextRead {
  const compiled = compileTemplate(source, { variables: sampled.variables })
  if (!compiled.ok) return { faults: compiled.faults.map((fault) => fault.message).join(' ') }
  const { template } = compiled
  return template.isPlain ? {} : { preview: template.render(sampleScope(template.variables, sampled)) }
}
