/** The words of `editor/start/export`, and of the actions that take a flow away. */
export const exporting = {
  label: 'Download',
  faulty: 'Correct these first; the document itself and its pictures can be exported as they are.',
  empty: 'There is nothing to draw, or its steps lie too far apart for a picture.',
  noPicture: 'This browser could not paint the picture. Export it as SVG instead.',
  formats: {
    json: 'Flow (JSON)',
    xstate: 'XState config',
    mermaid: 'Mermaid diagram',
    scxml: 'SCXML',
    svg: 'Picture (SVG)',
    png: 'Picture (PNG)',
  },
  action: (format: string) => `Export: ${format}`,
}
