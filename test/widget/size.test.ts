import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { builtWidget } from '../driver/built.ts'

let script: Buffer
beforeAll(async () => {
  script = await readFile(join(await builtWidget(), 'widget.js'))
})

test('the widget costs a page 20 kB at most', () => {
  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(20_000)
})

test('it is one script that asks for no other', () => {
  expect(script.toString()).not.toMatch(/\bimport\s*[({"'`]|\brequire\(|\bimportScripts\(|\beval\(|new Function/)
})

test('it leaves no name of its own in the page but the one it makes', () => {
  expect(script.toString().trimStart()).toMatch(/^(\(function|\(\(\)=>|!function)/)
})
