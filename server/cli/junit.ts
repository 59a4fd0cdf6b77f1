import { escaped } from '#engine/export/xml.ts'
import type { ScenarioResult } from '#engine/simulate/index.ts'
import { styleFor } from './style.ts'
import { differing, happened } from './test-report.ts'
import type { TestedFile } from './test.ts'

/** Results as JUnit XML, which CI servers read: one suite a file, one case a scenario. */
export function junit(tested: readonly TestedFile[]): string {
  const suites = tested.map(({ flow, results: written, faults, paths }) => {
    const results = [...written, ...(paths?.results ?? [])]
    const cases = [
      ...results.map((each) => testcase(flow, each.name, each.failures[0]?.message, detailsOf(each))),
      ...(faults.length === 0 ? [] : [testcase(flow, 'can be read', faults[0], faults)]),
    ]
    const failures = results.filter((each) => !each.passed).length + (faults.length === 0 ? 0 : 1)
    const head = `  <testsuite name="${onOneLine(flow)}" tests="${cases.length}" failures="${failures}">`
    return `${head}\n${cases.join('')}  </testsuite>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="baton test">\n${suites.join('')}</testsuites>\n`
}

function testcase(flow: string, name: string, message: string | undefined, details: readonly string[]): string {
  const head = `    <testcase classname="${onOneLine(flow)}" name="${onOneLine(name)}"`
  if (message === undefined) return `${head}/>\n`
  const failure = `<failure message="${onOneLine(message)}">${onOneLine(details.join('\n'))}</failure>`
  return `${head}>\n      ${failure}\n    </testcase>\n`
}

const plain = styleFor(false, {})

/** As a person reads it at the terminal: expected and actual, and the conversation up to there. */
function detailsOf(result: ScenarioResult): readonly string[] {
  return [...result.failures.flatMap((each) => differing(each, plain)), ...happened(result, plain)]
}

/** On one line, as an attribute has it; line breaks are kept. */
function onOneLine(text: string): string {
  return escaped(text).replaceAll('\n', '&#10;')
}
