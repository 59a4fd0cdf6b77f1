import { describe, expectTypeOf, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type { auditRecord } from '#server/http/schemas/audit.ts'
import type { dryRunView } from '#server/http/schemas/dry-run.ts'
import type { migrationPreview, moveBody, moved, previewBody } from '#server/http/schemas/migration.ts'
import type { AuditRecord } from '#ui/administration/answers.ts'
import type { DryRun } from '#ui/dry-run.ts'
import type { MigrationPreview, MigrationPreviewRequest, MigrationRequest, Moved } from '#ui/migration.ts'

/** The screens may not import the server: what they say of its answers is held to its schemas here. */
describe('What the screens read is what the server promises', () => {
  test('of a dry run', () => {
    expectTypeOf<z.output<typeof dryRunView>>().toExtend<DryRun>()
  })

  test('of moving conversations, and what they ask is what it takes', () => {
    expectTypeOf<z.output<typeof migrationPreview>>().toExtend<MigrationPreview>()
    expectTypeOf<z.output<typeof moved>>().toExtend<Moved>()
    expectTypeOf<MigrationRequest>().toExtend<z.input<typeof moveBody>>()
    expectTypeOf<Pick<MigrationPreviewRequest, 'version'>>().toExtend<z.input<typeof previewBody>>()
  })

  test('of the audit log', () => {
    expectTypeOf<z.output<typeof auditRecord>>().toExtend<AuditRecord>()
  })
})
