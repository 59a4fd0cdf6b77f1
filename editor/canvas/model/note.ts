/** A note as it first lies on the canvas. */
export const NOTE_SIZE = { width: 220, height: 120 } as const
