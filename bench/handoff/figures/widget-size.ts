import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { builtWidget } from '#test/driver/built.ts'
import type { HandoffFigure } from '../figure.ts'

export const widgetSize: HandoffFigure = {
  name: 'widget-size',
  lines: [{ what: 'the widget’s script, gzip', reach: { atMost: 20 }, unit: ' kB' }],
  async measure() {
    const script = await readFile(join(await builtWidget(), 'widget.js'))
    return [{ value: gzipSync(script).byteLength / 1e3, beside: `${(script.byteLength / 1e3).toFixed(1)} kB unpacked` }]
  },
}
