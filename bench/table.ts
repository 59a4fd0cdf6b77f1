import type { Reach } from './figure.ts'

/** Writes a line whose cells stand below those of the other lines of these widths. */
export function row(widths: readonly number[], ...cells: readonly string[]): void {
  process.stdout.write(
    `${cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('')
      .trimEnd()}\n`,
  )
}

export function reachInWords({ reach, unit }: { readonly reach: Reach; readonly unit: string }): string {
  return 'atLeast' in reach ? `>= ${reach.atLeast}${unit}` : `<= ${reach.atMost}${unit}`
}
