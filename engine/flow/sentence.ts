import type { z } from 'zod'

/** Zod's message with the field it speaks of, and a cure where zod only names the trouble. */
export function sentence(issue: z.core.$ZodIssue): string {
  const field = issue.path.filter((part) => typeof part === 'string').at(-1)
  const subject = field === undefined ? 'It' : `“${String(field)}”`
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${issue.keys.map((key) => `“${key}”`).join(', ')} ${issue.keys.length === 1 ? 'is' : 'are'} not known here; take ${issue.keys.length === 1 ? 'it' : 'them'} out or correct the spelling`
    case 'invalid_type':
      return issue.input === undefined && /received undefined/.test(issue.message)
        ? `${subject} is missing; give it (${issue.expected})`
        : isPlainZod(issue.message)
          ? `${subject} must be ${article(issue.expected)}`
          : `${subject} ${issue.message}`
    case 'invalid_value':
      return isPlainZod(issue.message)
        ? `${subject} must be ${issue.values.map((value) => `“${String(value)}”`).join(' or ')}`
        : `${subject} ${issue.message}`
    default:
      return isPlainZod(issue.message) ? `${subject}: ${issue.message}` : `${subject} ${issue.message}`
  }
}

function isPlainZod(message: string): boolean {
  return /^(Invalid|Too|Unrecognized|Expected|Required)/.test(message)
}

function article(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`
}
