export { NOTE_SIZE } from '#engine/export/picture/drawing.ts'
