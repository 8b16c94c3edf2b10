/** The kinds of a frame. */
export const TEXT = 0
export const ACTION = 1
export const SEEN = 2
export const FILE = 3
export const ERROR = 4
export const SYNC = 5
