import { z } from 'zod'

/**
 * A schema that is chosen by looking at the value, so that a fault is told by the one that was meant and not by a union
 * of all. `choose` answers the schema, or the sentence that says what is wrong.
 */
export function pick<Schema extends z.ZodType>(choose: (value: unknown) => Schema | string) {
  return z.unknown().transform((value, context): z.output<Schema> => {
    const schema = choose(value)
    if (typeof schema === 'string') {
      context.issues.push({ code: 'custom', message: schema, input: value })
      return z.NEVER
    }
    const read = schema.safeParse(value, { reportInput: true })
    if (read.success) return read.data
    // A finished issue is a raw one whose message has been written.
    context.issues.push(...(read.error.issues as z.core.$ZodRawIssue[]))
    return z.NEVER
  })
}
