/** The board's element: its menus open in it, so that they belong to its landmark and are not cut off by a table. */
export const BOARD = 'board'
