import type { ScenarioResult } from '#engine/simulate/index.ts'
import type { TestedFile } from './test.ts'

/** Results as JUnit XML, which CI servers read: one suite a file, one case a scenario. */
export function junit(tested: readonly TestedFile[]): string {
  const suites = tested.map(({ flow, results, faults }) => {
    const cases = [
      ...results.map((each) => testcase(flow, each.name, messagesOf(each))),
      ...(faults.length === 0 ? [] : [testcase(flow, 'can be read', faults)]),
    ]
    const failures = results.filter((each) => !each.passed).length + (faults.length === 0 ? 0 : 1)
    const head = `  <testsuite name="${escaped(flow)}" tests="${cases.length}" failures="${failures}">`
    return `${head}\n${cases.join('')}  </testsuite>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="baton test">\n${suites.join('')}</testsuites>\n`
}

function testcase(flow: string, name: string, failures: readonly string[]): string {
  const head = `    <testcase classname="${escaped(flow)}" name="${escaped(name)}"`
  if (failures.length === 0) return `${head}/>\n`
  const failure = `<failure message="${escaped(failures[0] ?? '')}">${escaped(failures.join('\n'))}</failure>`
  return `${head}>\n      ${failure}\n    </testcase>\n`
}

function messagesOf({ failures }: ScenarioResult): readonly string[] {
  return failures.map((each) => each.message)
}

/** For text and attributes alike; characters that XML 1.0 knows no way to write are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}
