/** An SVG document as a PNG, twice as fine as the canvas where browsers can hold that many points. */
import type { Size } from '../../canvas/model/parts.ts'

const FINE = 2
/** What every browser can hold: points along a side, and in all. */
const SIDE = 16_000
const AREA = 64_000_000

/** Null when the browser cannot paint it. */
export async function pngOf(svg: string, { width, height }: Size): Promise<Blob | null> {
  const scale = Math.min(FINE, SIDE / width, SIDE / height, Math.sqrt(AREA / (width * height)))
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    const context = canvas.getContext('2d')
    if (!context) return null
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  } finally {
    URL.revokeObjectURL(address)
  }
}
