/** Answers what the page asks of the engine: see `findings.examiner.ts`. */
import { check, type Problem } from '#engine/check/index.ts'
import { worstWait } from '#engine/check/worst-waits.ts'
import { compiledFlow } from '#engine/compile/compiled.ts'
import { parseFlow } from '#engine/flow/parse.ts'
import { readText } from '../inspector/text/read.ts'
import type { FlowDocument } from './document.ts'
import type { Answer, Question } from './findings.examiner.ts'
import type { Findings } from './findings.ts'

globalThis.onmessage = ({ data }: MessageEvent<Question>): void => {
  globalThis.postMessage(answer(data))
}

function answer(question: Question): Answer {
  switch (question.ask) {
    case 'examine':
      return { id: question.id, ask: 'examine', answer: examine(question.document) }
    case 'ways':
      return { id: question.id, ask: 'ways', answer: ways(question.document) }
    case 'read':
      return { id: question.id, ask: 'read', answer: readText(question.text) }
    default:
      return question satisfies never
  }
}

function examine(document: FlowDocument): Findings {
  const read = parseFlow(document)
  if (!read.ok) return { faults: read.faults, problems: [], longest: null }
  return {
    faults: [],
    problems: check(read.flow, { paths: false }),
    longest: worstWait(compiledFlow(read.flow)) ?? null,
  }
}

function ways(document: FlowDocument): readonly Problem[] {
  const read = parseFlow(document)
  return read.ok ? check(read.flow) : []
}
